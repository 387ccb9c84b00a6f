"""Remedies that a tester applied at a press: kept in the log, so that an attempt can say what was done about it."""

from dataclasses import dataclass
from datetime import datetime

from logindrill.models import Event
from logindrill.work.unit_of_work import UnitOfWork

_APPLIED = "remedy.apply"
_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Applied:
    """A remedy that was applied: which, who may, what that was, and when in the sandbox's time."""

    code: str
    who: str
    action: str
    at: datetime


def note(uow: UnitOfWork, remedy: Applied, *, user_id: str | None, attempt_id: str | None) -> None:
    """Have the log say that a remedy was applied for somebody; `attempt_id` is the attempt that it was offered at."""
    uow.note(
        _APPLIED,
        subject=user_id,
        actor="tester",
        remedy=remedy.code,
        who=remedy.who,
        action=remedy.action,
        attempt=attempt_id,
    )


def applied(uow: UnitOfWork, attempt_id: str, user_id: str | None) -> tuple[Applied, ...]:
    """What was applied at an attempt, in order."""
    statement = uow.select(Event).where(Event.subject == user_id, Event.what == _APPLIED)
    rows = uow.session.scalars(statement.order_by(Event.key.desc()).limit(_LOOKED_AT)).all()
    return tuple(
        Applied(row.details["remedy"], row.details["who"], row.details["action"], row.at)
        for row in reversed(rows)
        if row.details.get("attempt") == attempt_id
    )
