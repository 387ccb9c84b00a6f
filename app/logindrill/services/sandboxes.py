"""Sandboxes: made, shown, reset and removed; the one named `default` exists from the start."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Connection, bindparam, delete, func, insert, select, type_coerce
from sqlalchemy.exc import IntegrityError

from logindrill.adapters import randomness
from logindrill.models import ClockMode, Sandbox, Snapshot
from logindrill.models.base import Instant
from logindrill.presets import PRESETS
from logindrill.rules.decisions import Refused, invalid
from logindrill.rules.differences import DIFFERENCES
from logindrill.rules.durations import parse_duration
from logindrill.rules.policy import check_changes, compose
from logindrill.rules.reasons import ID_TAKEN, INVALID_TRANSITION, NOT_FOUND
from logindrill.unit_of_work import Action, Runtime, UnitOfWork, work_on
from logindrill.world import archive
from logindrill.world.check import check
from logindrill.world.document import ClockPart, World, moment
from logindrill.world.first_person import FirstPerson, first_world
from logindrill.world.populate import Hashes, hash_passwords, populate

DEFAULT = "default"
LONGEST_LIFE = timedelta(days=30)
MOST = 5_000
"""Quota: how many sandboxes one installation holds (security.md 62)."""

_SANDBOXES = Sandbox.__table__


class TooManySandboxes(Exception):
    """The quota of sandboxes is reached."""


@dataclass(frozen=True, slots=True)
class NewSandbox:
    """What a sandbox is to be made like."""

    preset: str
    id: str | None = None
    seed: int | None = None
    clock: ClockPart | None = None
    policy: dict[str, Any] = field(default_factory=dict)
    world: World | None = None
    ttl: str | None = "P1D"
    made_from: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SandboxCard:
    """A sandbox, and where to point a client app."""

    id: str
    preset: str
    base_url: str
    pages_url: str
    console_url: str
    now: datetime
    clock: str
    seed: int
    created_at: datetime
    ttl: timedelta | None
    differences: dict[str, str]
    first_person: FirstPerson | None = None


def create(runtime: Runtime, new: NewSandbox) -> SandboxCard:
    """Make a sandbox whole: world, messages and the baseline that a reset returns to, in one transaction.

    Raises Invalid for what the new sandbox cannot be, Refused `id_taken`, TooManySandboxes.
    """
    if new.preset not in PRESETS:
        raise invalid("preset", f"One of {', '.join(PRESETS)}.")
    preset = PRESETS[new.preset]
    first, world = (None, new.world) if new.world is not None else first_world(preset)
    changes = check_changes({**(world.policy or {}), **new.policy})
    world = check(world, preset, compose(preset.policy, changes))
    hashes = hash_passwords(world, runtime.hasher)
    row = _row(runtime, new, world, changes)
    with runtime.database.writing() as connection:
        _make_room(connection, row["created_at"])
        try:
            connection.execute(insert(_SANDBOXES), row)
        except IntegrityError as error:
            raise Refused(ID_TAKEN) from error
        uow = work_on(runtime, connection, row["id"], Action("create_sandbox"))
        fill(uow, world, hashes)
    return card(runtime, uow, first)


def fill(uow: UnitOfWork, world: World, hashes: Hashes) -> None:
    """Put a checked world into an empty sandbox and keep it as the baseline."""
    populate(uow, world, hashes)
    uow.flush()
    packed = archive.pack(uow.connection, uow.sandbox_key)
    key = (Snapshot.sandbox_key == uow.sandbox_key) & (Snapshot.id == archive.BASELINE)
    uow.connection.execute(delete(Snapshot).where(key))
    uow.connection.execute(
        insert(Snapshot),
        {
            "sandbox_key": uow.sandbox_key,
            "id": archive.BASELINE,
            "name": None,
            "taken_at": uow.now,
            "content": packed,
        },
    )


def show(runtime: Runtime, uow: UnitOfWork) -> SandboxCard:
    """One sandbox."""
    return card(runtime, uow, None)


def list_all(runtime: Runtime, *, after: str | None, limit: int) -> tuple[tuple[str, ...], bool]:
    """Ids of the sandboxes that live, the oldest first, and whether there are more."""
    statement = select(_SANDBOXES.c.id).where(_alive(runtime.clock.now()))
    with runtime.database.reading() as connection:
        if after is not None:
            key = connection.scalar(select(_SANDBOXES.c.key).where(_SANDBOXES.c.id == after))
            if key is None:
                raise invalid("after", "There is no such sandbox.")
            statement = statement.where(_SANDBOXES.c.key > key)
        ids = connection.scalars(statement.order_by(_SANDBOXES.c.key).limit(limit + 1)).all()
    return tuple(ids[:limit]), len(ids) > limit


def remove(uow: UnitOfWork) -> None:
    """Remove a sandbox with everything in it. Raises Refused for `default`, which always exists."""
    if uow.sandbox_id == DEFAULT:
        raise Refused(INVALID_TRANSITION, detail="The sandbox default always exists; reset it instead.")
    uow.journal.forget()
    connection = uow.connection
    archive.clear(connection, uow.sandbox_key)
    connection.execute(delete(_SANDBOXES).where(_SANDBOXES.c.key == uow.sandbox_key))


def reset(uow: UnitOfWork) -> None:
    """Return to the moment after creation or the last world that was put; no password is hashed again."""
    packed = uow.connection.scalar(
        select(Snapshot.content).where(Snapshot.sandbox_key == uow.sandbox_key, Snapshot.id == archive.BASELINE)
    )
    if packed is None:
        raise Refused(NOT_FOUND)
    archive.unpack(uow.connection, uow.sandbox_key, packed)


def card(runtime: Runtime, uow: UnitOfWork, first: FirstPerson | None) -> SandboxCard:
    """How a sandbox is shown."""
    with runtime.database.reading() as connection:
        row = connection.execute(select(_SANDBOXES).where(_SANDBOXES.c.key == uow.sandbox_key)).one()
    base = f"{runtime.public_url}/s/{uow.sandbox_id}"
    return SandboxCard(
        id=uow.sandbox_id,
        preset=uow.preset.name,
        base_url=f"{base}/v1",
        pages_url=f"{base}/login",
        console_url=f"{runtime.public_url}/console/sandboxes/{uow.sandbox_id}",
        now=uow.now,
        clock=row.clock_mode.value,
        seed=row.seed,
        created_at=row.created_at,
        ttl=row.ttl,
        differences=dict(DIFFERENCES),
        first_person=first,
    )


def _row(runtime: Runtime, new: NewSandbox, world: World, changes: dict[str, Any]) -> dict[str, Any]:
    real_now = runtime.clock.now()
    clock = new.clock or world.clock or ClockPart(mode="running")
    at = real_now if clock.now is None else moment(clock.now, real_now)
    ttl = None if new.ttl is None or new.id == DEFAULT else parse_duration(new.ttl, "ttl")
    if ttl is not None and not timedelta(0) < ttl <= LONGEST_LIFE:
        raise invalid("ttl", "More than nothing, at most P30D.")
    return {
        "id": new.id or randomness.public_id("sbx"),
        "preset": new.preset,
        "created_at": real_now,
        "last_used_at": real_now,
        "ttl": ttl,
        "clock_mode": ClockMode(clock.mode),
        "clock_offset": at - real_now,
        "frozen_at": at if clock.mode == "frozen" else None,
        "seed": randomness.seed() if new.seed is None else new.seed,
        "draws": 0,
        "seeded": new.seed is not None,
        "policy": {name: value for name, value in changes.items() if value is not None},
        "made_from": new.made_from,
    }


def _alive(real_now: datetime) -> Any:
    """TTL and last use are stored in the same unit, so the database can add them."""
    ends_at = type_coerce(_SANDBOXES.c.last_used_at, BigInteger) + type_coerce(_SANDBOXES.c.ttl, BigInteger)
    return (_SANDBOXES.c.ttl.is_(None)) | (ends_at >= bindparam("real_now", real_now, type_=Instant))


def _make_room(connection: Connection, real_now: datetime) -> None:
    """Remove a few sandboxes whose life is over; refuse one too many."""
    over = connection.execute(select(_SANDBOXES.c.key, _SANDBOXES.c.id).where(~_alive(real_now)).limit(20)).all()
    for row in over:
        archive.clear(connection, row.key)
        connection.execute(delete(_SANDBOXES).where(_SANDBOXES.c.key == row.key))
    if (connection.scalar(select(func.count()).select_from(_SANDBOXES)) or 0) >= MOST:
        raise TooManySandboxes


def made_from(uow: UnitOfWork) -> dict[str, str]:
    """What the command line made the sandbox from."""
    found = uow.connection.scalar(select(_SANDBOXES.c.made_from).where(_SANDBOXES.c.key == uow.sandbox_key))
    return dict(found or {})


def start_over(runtime: Runtime, uow: UnitOfWork) -> FirstPerson:
    """Return a sandbox that has no world of its own to its beginning, its first person with a new password."""
    first, world = first_world(uow.preset)
    hashes = hash_passwords(world, runtime.hasher)
    with uow.writing():
        reset(uow)
        archive.clear(uow.connection, uow.sandbox_key)
        fill(uow, world, hashes)
    return first
