"""The quota of sandboxes: which of them are alive, and how many one installation may have (S62)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, BindParameter, Connection, bindparam, delete, func, select, type_coerce

from logindrill.models import Sandbox
from logindrill.models.base import Instant
from logindrill.rules.decisions import Refused
from logindrill.rules.reasons import TOO_MANY_SANDBOXES
from logindrill.world import incarnations, slices

MOST = 5_000
"""How many sandboxes one installation may have."""

_AT_ONCE = 20
_SANDBOXES = Sandbox.__table__


def alive(real_now: datetime) -> Any:
    """Whether a row belongs to a living sandbox that can be seen.

    Lifetime and last use are stored in one unit, so the database adds them.
    """
    return _alive(bindparam("real_now", real_now, type_=Instant)) & ~_SANDBOXES.c.hidden


def _alive(real_now: BindParameter[datetime]) -> Any:
    ends_at = type_coerce(_SANDBOXES.c.last_used_at, BigInteger) + type_coerce(_SANDBOXES.c.ttl, BigInteger)
    return (_SANDBOXES.c.ttl.is_(None)) | (ends_at >= real_now)


_OVER = (
    select(_SANDBOXES.c.key)
    .where(~_alive(bindparam("real_now", type_=Instant)), _SANDBOXES.c.hidden == bindparam("is_hidden"))
    .order_by(_SANDBOXES.c.id != bindparam("sandbox_id"), _SANDBOXES.c.key)
    .limit(_AT_ONCE)
)
_STILL_OVER = (
    select(_SANDBOXES.c.key)
    .where(_SANDBOXES.c.key == bindparam("sandbox_key"), ~_alive(bindparam("real_now", type_=Instant)))
    .with_for_update()
)
_COUNT = select(func.count()).select_from(_SANDBOXES).where(~_SANDBOXES.c.hidden)


def expired(connection: Connection, real_now: datetime, *, first: str = "") -> Sequence[int]:
    """The keys of a few sandboxes whose lifetime is over; the one with the id `first` comes first."""
    return connection.scalars(_OVER, {"real_now": real_now, "sandbox_id": first, "is_hidden": False}).all()


def rubbish(connection: Connection, real_now: datetime) -> Sequence[int]:
    """The keys of a few sandboxes that cannot be seen and that nobody works on any more."""
    return connection.scalars(_OVER, {"real_now": real_now, "sandbox_id": "", "is_hidden": True}).all()


def remove(connection: Connection, sandbox_key: int, real_now: datetime) -> None:
    """Delete a sandbox whose lifetime is over, unless it has been used in the meantime and lives on."""
    if connection.scalar(_STILL_OVER, {"sandbox_key": sandbox_key, "real_now": real_now}) is not None:
        delete_now_or_later(connection, sandbox_key, real_now)


def delete_now_or_later(connection: Connection, sandbox_key: int, real_now: datetime) -> None:
    """Delete a sandbox; a big one is hidden, and deleted by housekeeping in slices."""
    if slices.is_big(connection, sandbox_key):
        incarnations.condemn(connection, sandbox_key, real_now)
    else:
        connection.execute(delete(_SANDBOXES).where(_SANDBOXES.c.key == sandbox_key))


def make_room(connection: Connection, sandbox_id: str, real_now: datetime) -> None:
    """Make room for a sandbox with this id: delete a few sandboxes whose lifetime is over, first the one that has
    the id.

    Raises Refused `too_many_sandboxes`.
    """
    for key in expired(connection, real_now, first=sandbox_id):
        remove(connection, key, real_now)
    if (connection.scalar(_COUNT) or 0) >= MOST:
        raise Refused(TOO_MANY_SANDBOXES)
