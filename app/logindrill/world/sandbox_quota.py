"""The quota of sandboxes: which of them are alive, and how many one installation may have (S62)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, BindParameter, Connection, bindparam, delete, func, select, type_coerce

from logindrill.models import Sandbox
from logindrill.models.base import Instant
from logindrill.rules.decisions import Refused
from logindrill.rules.reasons import TOO_MANY_SANDBOXES
from logindrill.work.statements import AcrossSandboxes, WriteAcrossSandboxes
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


class _Key(NamedTuple):
    key: int


class _Living(NamedTuple):
    number: int


_OVER: AcrossSandboxes[_Key] = AcrossSandboxes(
    _Key,
    select(_SANDBOXES.c.key)
    .where(~_alive(bindparam("real_now", type_=Instant)), _SANDBOXES.c.hidden == bindparam("is_hidden"))
    .order_by(_SANDBOXES.c.id != bindparam("sandbox_id"), _SANDBOXES.c.key)
    .limit(_AT_ONCE),
)
_STILL_OVER: AcrossSandboxes[_Key] = AcrossSandboxes(
    _Key,
    select(_SANDBOXES.c.key)
    .where(_SANDBOXES.c.key == bindparam("sandbox"), ~_alive(bindparam("real_now", type_=Instant)))
    .with_for_update(),
)
_COUNT: AcrossSandboxes[_Living] = AcrossSandboxes(
    _Living, select(func.count().label("number")).select_from(_SANDBOXES).where(~_SANDBOXES.c.hidden)
)
_DELETE = WriteAcrossSandboxes(delete(_SANDBOXES).where(_SANDBOXES.c.key == bindparam("sandbox")))


def expired(connection: Connection, real_now: datetime, *, first: str = "") -> Sequence[int]:
    """The keys of a few sandboxes whose lifetime is over; the one with the id `first` comes first."""
    return _keys_over(connection, real_now, first=first, is_hidden=False)


def rubbish(connection: Connection, real_now: datetime) -> Sequence[int]:
    """The keys of a few sandboxes that cannot be seen and that nobody works on any more."""
    return _keys_over(connection, real_now, first="", is_hidden=True)


def _keys_over(connection: Connection, real_now: datetime, *, first: str, is_hidden: bool) -> Sequence[int]:
    found = _OVER.all(connection, {"real_now": real_now, "sandbox_id": first, "is_hidden": is_hidden})
    return [row.key for row in found]


def remove(connection: Connection, sandbox_key: int, real_now: datetime) -> None:
    """Delete a sandbox whose lifetime is over, unless it has been used in the meantime and lives on."""
    if _STILL_OVER.one_or_none(connection, {"sandbox": sandbox_key, "real_now": real_now}) is not None:
        delete_now_or_later(connection, sandbox_key, real_now)


def delete_now_or_later(connection: Connection, sandbox_key: int, real_now: datetime) -> None:
    """Delete a sandbox; a big one is hidden, and deleted by housekeeping in slices."""
    if slices.is_big(connection, sandbox_key):
        incarnations.condemn(connection, sandbox_key, real_now)
    else:
        _DELETE.run(connection, {"sandbox": sandbox_key})


def make_room(connection: Connection, sandbox_id: str, real_now: datetime) -> None:
    """Make room for a sandbox with this id: delete a few sandboxes whose lifetime is over, first the one that has
    the id.

    Raises Refused `too_many_sandboxes`.
    """
    for key in expired(connection, real_now, first=sandbox_id):
        remove(connection, key, real_now)
    living = _COUNT.one_or_none(connection, {})
    if living is not None and living.number >= MOST:
        raise Refused(TOO_MANY_SANDBOXES)
