"""Counts tries before they are judged, while throttling is on (S22, D14)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select

from logindrill.models import WrongEntry
from logindrill.rules.identifiers import spaceless
from logindrill.rules.throttling import throttled_until
from logindrill.work.unit_of_work import UnitOfWork

_ENTRIES = WrongEntry.__table__
_RECENT = (
    select(_ENTRIES.c.at)
    .where(
        _ENTRIES.c.sandbox_key == bindparam("sandbox"),
        _ENTRIES.c.purpose == bindparam("purpose"),
        _ENTRIES.c.subject == bindparam("subject"),
        _ENTRIES.c.at > bindparam("since"),
    )
    .order_by(_ENTRIES.c.at)
)


def subject_of(user: Any, typed: str) -> str:
    """Whom a try counts against: the account, else what was typed, in whatever case, width and spacing."""
    return f"typed:{spaceless(typed)}" if user is None else str(user.id)


def count_first(uow: UnitOfWork, purpose: str, subjects: Sequence[str]) -> datetime | None:
    """While throttling is on, count this try against every subject; when one is locked, until when.

    A subject is a user id, `typed:…` or `source:…`, a network address. It is a transaction of its own,
    behind the sandbox's row: parallel tries cannot slip past the limit.
    """
    policy = uow.policy.throttling
    if not policy.enabled:
        return None
    with uow.counting() as connection:
        for subject in subjects:
            key = {"sandbox": uow.sandbox_key, "purpose": purpose, "subject": subject, "since": uow.now - policy.window}
            locked_until = throttled_until(connection.scalars(_RECENT, key).all(), policy, uow.now)
            if locked_until is not None:
                return locked_until
        rows = [
            {"sandbox_key": uow.sandbox_key, "purpose": purpose, "subject": subject, "at": uow.now}
            for subject in subjects
        ]
        connection.execute(insert(_ENTRIES), rows)
    return None


def locked_until(uow: UnitOfWork, purpose: str, subjects: Sequence[str]) -> datetime | None:
    """Until when one of the subjects is locked, if any is; nothing is counted."""
    policy = uow.policy.throttling
    if not policy.enabled:
        return None
    since = uow.now - policy.window
    for subject in subjects:
        key = {"sandbox": uow.sandbox_key, "purpose": purpose, "subject": subject, "since": since}
        found = throttled_until(uow.connection.scalars(_RECENT, key).all(), policy, uow.now)
        if found is not None:
            return found
    return None


def reset(uow: UnitOfWork, purpose: str, subject: str) -> bool:
    """Clear what was counted against one subject, and no other's, as success does; whether there was anything."""
    if not uow.policy.throttling.enabled:
        return False
    forgiven = uow.connection.execute(
        delete(_ENTRIES).where(
            _ENTRIES.c.sandbox_key == uow.sandbox_key, _ENTRIES.c.purpose == purpose, _ENTRIES.c.subject == subject
        )
    )
    return forgiven.rowcount > 0
