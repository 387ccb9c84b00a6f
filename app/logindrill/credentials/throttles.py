"""Counts tries before they are judged, while throttling is on (security.md 22, D14)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select

from logindrill.models import WrongEntry
from logindrill.rules.throttling import throttled_until
from logindrill.unit_of_work import UnitOfWork

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


def count_first(uow: UnitOfWork, purpose: str, subjects: Sequence[str]) -> datetime | None:
    """While throttling is on, count this try against every subject; when one is locked, until when.

    A subject is a user id, a canonical identifier that leads to nobody, or a network address. It is a
    transaction of its own, behind the sandbox's row: parallel tries cannot slip past the limit.
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


def forgive(uow: UnitOfWork, purpose: str, subject: str) -> None:
    """Success clears what was counted against its own subject, and no other's."""
    if uow.policy.throttling.enabled:
        uow.connection.execute(
            delete(_ENTRIES).where(
                _ENTRIES.c.sandbox_key == uow.sandbox_key,
                _ENTRIES.c.purpose == purpose,
                _ENTRIES.c.subject == subject,
            )
        )
