"""Records the remedies that a tester applied from an explanation, so that an attempt can show them."""

from datetime import datetime

from msgspec import Struct

from logindrill.models import Event
from logindrill.work.unit_of_work import UnitOfWork

_APPLIED = "remedy.apply"
_LOOKED_AT = 200


class AppliedRemedy(Struct, frozen=True):
    """A remedy that was applied: its code, by whom, what it does, and when in sandbox time."""

    code: str
    who: str
    action: str
    at: datetime


def note(uow: UnitOfWork, remedy: AppliedRemedy, *, user_id: str | None, attempt_id: str | None) -> None:
    """Record that a remedy was applied for a person; `attempt_id` is the attempt it was offered at."""
    uow.note(
        _APPLIED,
        subject=user_id,
        actor="tester",
        remedy=remedy.code,
        who=remedy.who,
        action=remedy.action,
        attempt=attempt_id,
    )


def applied(uow: UnitOfWork, attempt_id: str, user_id: str | None) -> tuple[AppliedRemedy, ...]:
    """The remedies applied at an attempt, in order."""
    statement = uow.select(Event).where(Event.subject == user_id, Event.what == _APPLIED)
    rows = uow.session.scalars(statement.order_by(Event.key.desc()).limit(_LOOKED_AT)).all()
    return tuple(
        AppliedRemedy(row.details["remedy"], row.details["who"], row.details["action"], row.at)
        for row in reversed(rows)
        if row.details.get("attempt") == attempt_id
    )
