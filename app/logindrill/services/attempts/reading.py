"""Looking at attempts, and at what happened around one."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select

from logindrill.models import Attempt, Event, User
from logindrill.paging import Page, page_after
from logindrill.rules.decisions import Refused
from logindrill.rules.reasons import NOT_FOUND
from logindrill.services.attempts.cards import AttemptCard, AttemptEntry, Change, LastSuccess, card, entry
from logindrill.unit_of_work import UnitOfWork

_SIGNED_IN = "signed_in"
_CHANGES = ("user.%", "membership.%", "password.%", "password_reset.use", "second_factor.%", "device.%", "access.%")
"""Events about a person that may explain why what worked before does not."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The attempts meant; None means any."""

    user: str | None = None
    outcome: str | None = None
    reason: str | None = None


def page(uow: UnitOfWork, wanted: Wanted, *, after: str | None, limit: int) -> Page[AttemptEntry]:
    """Attempts in the order in which they were made."""
    statement = select(Attempt).where(Attempt.sandbox_key == uow.sandbox_key)
    if wanted.user is not None:
        statement = statement.where(Attempt.user_id == wanted.user)
    if wanted.outcome is not None:
        statement = statement.where(Attempt.outcome == wanted.outcome)
    if wanted.reason is not None:
        statement = statement.where(Attempt.reason == wanted.reason)
    return page_after(uow, Attempt, statement, after=after, limit=limit, show=entry)


def show(uow: UnitOfWork, attempt_id: str) -> AttemptCard:
    """One attempt, explained. Raises Refused (404)."""
    attempt = uow.session.scalar(
        select(Attempt).where(Attempt.sandbox_key == uow.sandbox_key, Attempt.id == attempt_id)
    )
    if attempt is None:
        raise Refused(NOT_FOUND, detail="There is no such attempt.")
    success = _success_before(uow, attempt)
    return card(
        attempt,
        uow.preset,
        last_success=_last_success(uow, attempt, success),
        changed_since=_changes(uow, attempt, success),
    )


def _success_before(uow: UnitOfWork, attempt: Attempt) -> Attempt | None:
    return uow.session.scalars(
        select(Attempt)
        .where(
            Attempt.sandbox_key == uow.sandbox_key,
            Attempt.user_id == attempt.user_id,
            Attempt.code == _SIGNED_IN,
            Attempt.key < attempt.key,
        )
        .order_by(Attempt.key.desc())
        .limit(1)
    ).first()


def _last_success(uow: UnitOfWork, attempt: Attempt, success: Attempt | None) -> LastSuccess | None:
    """From the attempts, else from what the world said of the person."""
    if success is not None:
        return LastSuccess(success.at, success.client, success.request.get("device"))
    told = uow.session.scalar(
        select(User.last_sign_in_at).where(User.sandbox_key == uow.sandbox_key, User.id == attempt.user_id)
    )
    return LastSuccess(told, None, None) if told is not None and told < attempt.at else None


def _changes(uow: UnitOfWork, attempt: Attempt, success: Attempt | None) -> tuple[Change, ...]:
    """What was changed between that success, or the beginning, and the attempt; the log's order decides, not times."""
    if attempt.user_id is None:
        return ()
    statement = select(Event).where(
        Event.sandbox_key == uow.sandbox_key,
        Event.subject == attempt.user_id,
        or_(*(Event.what.like(pattern) for pattern in _CHANGES)),
    )
    own = _event_key(uow, attempt)
    if own is not None:
        statement = statement.where(Event.key < own)
    since = None if success is None else _event_key(uow, success)
    if since is not None:
        statement = statement.where(Event.key > since)
    rows = uow.session.scalars(statement.order_by(Event.key))
    return tuple(Change(row.at, row.what, row.actor) for row in rows)


def _event_key(uow: UnitOfWork, attempt: Attempt) -> int | None:
    return uow.session.scalar(
        select(func.min(Event.key)).where(Event.sandbox_key == uow.sandbox_key, Event.attempt_id == attempt.id)
    )
