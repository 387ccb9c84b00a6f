"""The recorded side of a support request: the person's attempts and changes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_

from logindrill.models import Attempt, Event, User
from logindrill.people import directory, identifiers
from logindrill.rules.changes import Change, change_of
from logindrill.rules.merging import SurvivingAccount
from logindrill.rules.reasons import REASONS, Remedy
from logindrill.work.unit_of_work import UnitOfWork

_CHANGES = ("user.%", "membership.%", "password.%", "password_reset.use", "second_factor.%", "access.%")
"""Events about a person that may explain why an earlier success no longer works."""

_LOOKED_AT = 500
"""How many refused attempts of unknown people are compared with a typed identifier."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What really happened: the last refused attempt with its public answer, its true reason and the remedies, and the
    last successful sign-in. Null means that nothing is recorded."""

    attempt_id: str | None = None
    at: datetime | None = None
    operation: str | None = None
    client: str | None = None
    status: int | None = None
    code: str | None = None
    error_message: str | None = None
    reason: str | None = None
    cause: str | None = None
    rule_ids: tuple[str, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    last_signed_in: datetime | None = None
    survivor: SurvivingAccount | None = None


def recorded(uow: UnitOfWork, attempt_id: str | None, user_id: str | None, *, until: datetime) -> Recorded:
    """The attempt, explained, with the person's last success before a given time."""
    attempt = attempt_named(uow, attempt_id)
    success = _last_success(uow, user_id, until)
    if attempt is None:
        return Recorded(last_signed_in=success)
    reason = REASONS.get(attempt.reason or "")
    return Recorded(
        attempt_id=attempt.id,
        at=attempt.at,
        operation=attempt.operation,
        client=attempt.client,
        status=attempt.status,
        code=attempt.code,
        error_message=attempt.detail,
        reason=attempt.reason,
        cause=None if reason is None else reason.cause,
        rule_ids=() if reason is None else reason.rule_ids,
        last_signed_in=success,
    )


def attempt_named(uow: UnitOfWork, attempt_id: str | None) -> Attempt | None:
    """The attempt with this id."""
    named = uow.select(Attempt).where(Attempt.id == attempt_id)
    return uow.session.scalar(named)


def last_refusal(uow: UnitOfWork, user_id: str) -> str | None:
    """The id of the newest refused attempt of a person."""
    refused = uow.select(Attempt.id).where(Attempt.user_id == user_id, Attempt.outcome == "refused")
    return uow.session.scalar(refused.order_by(Attempt.key.desc()).limit(1))


def last_refusal_of_typed(uow: UnitOfWork, user_id: str | None, typed: str) -> str | None:
    """The id of the newest refused attempt of a person; where the person is unknown, the newest with the typed
    identifier, in whatever spelling (overall rule 10).

    Both are looked for, to the end, so that the time does not disclose who is known (S21).
    """
    of_person = last_refusal(uow, user_id or directory.NOBODY)
    unknown = uow.select(Attempt.id, Attempt.identifier).where(
        Attempt.user_id.is_(None), Attempt.outcome == "refused", Attempt.identifier.is_not(None)
    )
    rows = uow.session.execute(unknown.order_by(Attempt.key.desc()).limit(_LOOKED_AT)).all()
    is_alike = identifiers.same_as(uow, typed)
    alike = [row.id for row in rows if is_alike(row.identifier or "")]
    return of_person if user_id is not None else next(iter(alike), None)


def changes_since_success(uow: UnitOfWork, user_id: str) -> tuple[Change, ...]:
    """The changes about a person since their last success, oldest first, in the order of the log."""
    own = Event.subject == user_id
    success = uow.select(func.max(Event.key)).where(own, Event.what.like("sign_in%"), Event.outcome == "succeeded")
    since = uow.session.scalar(success) or 0
    changed = uow.select(Event).where(
        own, Event.key > since, Event.outcome != "refused", or_(*(Event.what.like(pattern) for pattern in _CHANGES))
    )
    rows = uow.session.scalars(changed.order_by(Event.key))
    return tuple(change_of(row.at, row.what, row.actor, row.details) for row in rows)


def _last_success(uow: UnitOfWork, user_id: str | None, until: datetime) -> datetime | None:
    """The last success, from the attempts, else from the world document."""
    signed_in = uow.select(func.max(Attempt.at)).where(
        Attempt.user_id == user_id,
        Attempt.code == "signed_in",
        Attempt.at <= until,
    )
    found = uow.session.scalar(signed_in)
    if found is not None or user_id is None:
        return found
    last_sign_in = uow.session.scalar(uow.select(User.last_sign_in_at).where(User.id == user_id))
    return last_sign_in if last_sign_in is not None and last_sign_in <= until else None
