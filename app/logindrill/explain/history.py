"""The history of a person: their last success, and the changes since then."""

from sqlalchemy import and_, func, or_

from logindrill.explain.cards import LastSuccess
from logindrill.models import Attempt, Event, User
from logindrill.rules.changes import Change, change_of
from logindrill.services import impersonations
from logindrill.work.unit_of_work import UnitOfWork

_SIGNED_IN = "signed_in"
_SESSION_END = "session.end"
_OF_PERSON = (
    *("user.%", "membership.%", "password.%", "password_reset.use", "second_factor.%", "device.%", "access.%"),
    *("condition.begin", "publication.publish", "publication.withdraw", "invitation.revoke", _SESSION_END),
)
"""Events about a person that may explain why an earlier success no longer works."""
_OF_EVERYBODY = ("policy.change", "condition.begin")


def success_before(uow: UnitOfWork, user_id: str | None, attempt_key: int | None = None) -> Attempt | None:
    """The person's last successful attempt, before another one if one is given."""
    statement = uow.select(Attempt).where(Attempt.user_id == user_id, Attempt.code == _SIGNED_IN)
    if attempt_key is not None:
        statement = statement.where(Attempt.key < attempt_key)
    return uow.session.scalars(statement.order_by(Attempt.key.desc()).limit(1)).first()


def last_success(
    uow: UnitOfWork, user_id: str | None, success: Attempt | None, before: Attempt | None = None
) -> LastSuccess | None:
    """The last success, from the attempts, else from the world document."""
    if success is not None:
        return LastSuccess(success.at, success.client, success.request.get("device"))
    last_sign_in = uow.session.scalar(uow.select(User.last_sign_in_at).where(User.id == user_id))
    is_earlier = last_sign_in is not None and (before is None or last_sign_in < before.at)
    return LastSuccess(last_sign_in, None, None) if last_sign_in is not None and is_earlier else None


def changes(
    uow: UnitOfWork, user_id: str | None, success: Attempt | None, until: Attempt | None = None
) -> tuple[Change, ...]:
    """The changes between that success, or the beginning, and an attempt, or now; in the order of the log."""
    if user_id is None:
        return ()
    own = and_(Event.subject == user_id, or_(*(Event.what.like(pattern) for pattern in _OF_PERSON)))
    everybody = and_(Event.subject.is_(None), Event.what.in_(_OF_EVERYBODY))
    statement = uow.select(Event).where(or_(own, everybody), Event.outcome != "refused")
    first = None if until is None else _event_keys(uow, until)[0]
    if first is not None:
        statement = statement.where(Event.key < first)
    since = None if success is None else _event_keys(uow, success)[1]
    if since is not None:
        statement = statement.where(Event.key > since)
    rows = uow.session.scalars(statement.order_by(Event.key)).all()
    unnoticed = impersonations.signed_out(uow, user_id) if any(row.what == _SESSION_END for row in rows) else ()
    return tuple(
        change_of(row.at, row.what, row.actor, row.details)
        for row in rows
        if row.what != _SESSION_END or row.details.get("session") not in unnoticed
    )


def _event_keys(uow: UnitOfWork, attempt: Attempt) -> tuple[int | None, int | None]:
    """The positions of the first and the last event of an attempt in the log."""
    row = uow.session.execute(
        uow.select(func.min(Event.key), func.max(Event.key)).where(Event.attempt_id == attempt.id)
    ).one()
    return row[0], row[1]
