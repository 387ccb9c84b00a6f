"""The sandbox's own row: finds it by its public id, locks it, and records its use."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, String, bindparam, exists, select, type_coerce, update

from logindrill.models import ClockMode, Condition, Fault, Sandbox
from logindrill.work.statements import AcrossSandboxes


class StoredSandbox(NamedTuple):
    """What every action begins with; `policy` is the JSON text of the changed knobs."""

    key: int
    id: str
    preset: str
    last_used_at: datetime
    ttl: timedelta | None
    clock_mode: ClockMode
    clock_offset: timedelta
    frozen_at: datetime | None
    seed: int
    seeded: bool
    policy: str
    has_conditions: bool
    has_faults: bool


class _SandboxKey(NamedTuple):
    key: int


_SANDBOX = Sandbox.__table__
_STORED = select(
    _SANDBOX.c.key,
    _SANDBOX.c.id,
    _SANDBOX.c.preset,
    _SANDBOX.c.last_used_at,
    _SANDBOX.c.ttl,
    _SANDBOX.c.clock_mode,
    _SANDBOX.c.clock_offset,
    _SANDBOX.c.frozen_at,
    _SANDBOX.c.seed,
    _SANDBOX.c.seeded,
    type_coerce(_SANDBOX.c.policy, String).label("policy"),
    exists().where(Condition.sandbox_key == _SANDBOX.c.key).label("has_conditions"),
    exists().where(Fault.sandbox_key == _SANDBOX.c.key).label("has_faults"),
)
_FIND = AcrossSandboxes(StoredSandbox, _STORED.where(_SANDBOX.c.id == bindparam("id"), ~_SANDBOX.c.hidden))
_FIND_HIDDEN = AcrossSandboxes(StoredSandbox, _STORED.where(_SANDBOX.c.key == bindparam("key"), _SANDBOX.c.hidden))
_LOCK = AcrossSandboxes(_SandboxKey, select(_SANDBOX.c.key).where(_SANDBOX.c.key == bindparam("key")).with_for_update())
_TOUCH = update(_SANDBOX).where(_SANDBOX.c.key == bindparam("k")).values(last_used_at=bindparam("real_now"))
_DRAWS = select(_SANDBOX.c.draws).where(_SANDBOX.c.key == bindparam("k"))
_DRAWN = update(_SANDBOX).where(_SANDBOX.c.key == bindparam("k")).values(draws=bindparam("position"))


def find(connection: Connection, sandbox_id: str) -> StoredSandbox | None:
    """The sandbox with this id."""
    return _FIND.one_or_none(connection, {"id": sandbox_id})


def find_hidden(connection: Connection, sandbox_key: int) -> StoredSandbox | None:
    """The sandbox with this key, which nobody can open."""
    return _FIND_HIDDEN.one_or_none(connection, {"key": sandbox_key})


def lock(connection: Connection, sandbox_key: int) -> None:
    """Wait until no other transaction writes in this sandbox."""
    _LOCK.one_or_none(connection, {"key": sandbox_key})


def touch(connection: Connection, sandbox_key: int, real_now: datetime) -> None:
    """Note that the sandbox was used."""
    connection.execute(_TOUCH, {"k": sandbox_key, "real_now": real_now})


def draws(connection: Connection, sandbox_key: int) -> int:
    """How many numbers were drawn from the sandbox's seed."""
    return int(connection.execute(_DRAWS, {"k": sandbox_key}).scalar_one())


def keep_draws(connection: Connection, sandbox_key: int, position: int) -> None:
    """Store how many numbers were drawn by now."""
    connection.execute(_DRAWN, {"k": sandbox_key, "position": position})
