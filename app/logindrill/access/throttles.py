"""Counts tries before they are judged, while throttling is on (S22, D14)."""

from collections.abc import Sequence
from datetime import datetime

from logindrill.models import WrongEntry
from logindrill.people.rows import StoredUser
from logindrill.rules.identifiers import spaceless
from logindrill.rules.throttling import throttled_until
from logindrill.work.unit_of_work import UnitOfWork


def subject_of(user: StoredUser | None, typed: str) -> str:
    """The subject a try is counted against: the account, else what was typed, without regard to case, width and
    spacing.
    """
    return f"typed:{spaceless(typed)}" if user is None else user.id


def count_first(uow: UnitOfWork, purpose: str, subjects: Sequence[str]) -> datetime | None:
    """While throttling is on, count this try against every subject; returns until when one of them is locked, or
    None.

    A subject is a user id, `typed:…` or `source:…`, a network address. The count is a transaction of its own that locks
    the sandbox's row: parallel tries cannot exceed the limit.
    """
    policy = uow.policy.throttling
    if not policy.enabled:
        return None
    with uow.counting():
        for subject in subjects:
            locked_until = throttled_until(_recent(uow, purpose, subject), policy, uow.now)
            if locked_until is not None:
                return locked_until
        uow.add(*(WrongEntry(purpose=purpose, subject=subject, at=uow.now) for subject in subjects))
        uow.session.flush()
    return None


def locked_until(uow: UnitOfWork, purpose: str, subjects: Sequence[str]) -> datetime | None:
    """Until when one of the subjects is locked, or None; nothing is counted."""
    policy = uow.policy.throttling
    if not policy.enabled:
        return None
    for subject in subjects:
        found = throttled_until(_recent(uow, purpose, subject), policy, uow.now)
        if found is not None:
            return found
    return None


def reset(uow: UnitOfWork, purpose: str, subject: str) -> bool:
    """Clear the count of one subject, as a success does; returns whether there was any."""
    if not uow.policy.throttling.enabled:
        return False
    forgiven = uow.connection.execute(
        uow.delete(WrongEntry).where(WrongEntry.purpose == purpose, WrongEntry.subject == subject)
    )
    return forgiven.rowcount > 0


def _recent(uow: UnitOfWork, purpose: str, subject: str) -> Sequence[datetime]:
    """When tries of a subject were counted within the window that ends now, the earliest first."""
    own = uow.select(WrongEntry.at).where(
        WrongEntry.purpose == purpose,
        WrongEntry.subject == subject,
        WrongEntry.at > uow.now - uow.policy.throttling.window,
    )
    return uow.connection.scalars(own.order_by(WrongEntry.at)).all()
