"""Sandboxes: created, shown, reset and deleted; the one named `default` exists from the start."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from msgspec import Struct, field
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from logindrill.adapters import randomness
from logindrill.models import ClockMode, Sandbox
from logindrill.presets import PRESETS
from logindrill.rules import throttling
from logindrill.rules.clocks import judge_time
from logindrill.rules.decisions import FieldError, Invalid, Refused, invalid
from logindrill.rules.differences import DIFFERENCES
from logindrill.rules.durations import parse_duration, render_duration
from logindrill.rules.policy import check_changes, compose
from logindrill.rules.reasons import ID_TAKEN, INVALID_TRANSITION
from logindrill.work.paging import Page
from logindrill.work.runtime import Action, Runtime
from logindrill.work.statements import WriteAcrossSandboxes
from logindrill.work.unit_of_work import UnitOfWork, work_on
from logindrill.world import archive, baseline, incarnations, sandbox_quota, slices
from logindrill.world.check import check_beside
from logindrill.world.document import ClockPart, World
from logindrill.world.fields import moment
from logindrill.world.initial_user import InitialUser, first_world
from logindrill.world.people import Hashes
from logindrill.world.populate import count_rows, hash_passwords

DEFAULT = "default"
LONGEST_LIFE = timedelta(days=30)
_SANDBOXES = Sandbox.__table__
_INSERT = WriteAcrossSandboxes(insert(_SANDBOXES))


class SandboxProperties(Struct, frozen=True):
    """The properties of a new sandbox."""

    preset: str
    id: str | None = None
    seed: int | None = None
    clock: ClockPart | None = None
    policy: dict[str, Any] = field(default_factory=dict)
    world: World | None = None
    ttl: str | None = "P1D"
    made_from: dict[str, str] = field(default_factory=dict)


class _Shown(NamedTuple):
    """What a card shows of a sandbox's row."""

    id: str
    preset: str
    created_at: datetime
    last_used_at: datetime
    ttl: timedelta | None
    clock_mode: ClockMode
    seed: int


_OF_RECORD, _OF_VALUES = attrgetter(*_Shown._fields), itemgetter(*_Shown._fields)


@dataclass(frozen=True, slots=True)
class SandboxCard:
    """A sandbox, and the addresses for a client application."""

    id: str
    preset: str
    base_url: str
    pages_url: str
    console_url: str
    issuer: str
    now: datetime
    clock: ClockMode
    seed: int
    created_at: datetime
    ttl: str | None
    """ISO 8601; None where the sandbox is never deleted automatically."""
    ends_at: datetime | None
    """Real time; each use postpones it."""
    differences: dict[str, str]
    first_person: InitialUser | None = None


def create(runtime: Runtime, new: SandboxProperties) -> SandboxCard:
    """Create a sandbox with its world, messages and the baseline for resets, in one transaction.

    Raises Invalid for properties that are not possible, Refused `id_taken` or `too_many_sandboxes`.
    """
    if new.preset not in PRESETS:
        raise invalid("preset", f"One of {', '.join(PRESETS)}.")
    preset = PRESETS[new.preset]
    first, world = (None, new.world) if new.world is not None else first_world(preset)
    changes = _policy(runtime, world, new)
    try:
        world = check_beside(world, preset, compose(preset.policy, changes))
    except Invalid as refusal:
        raise Invalid(*(FieldError(f"world.{e.field}", e.code, e.detail) for e in refusal.fields)) from refusal
    hashes = hash_passwords(world, runtime.hasher)
    row = _row(runtime, new, world, changes)
    if count_rows(world) > slices.BIG:
        return _create_in_slices(runtime, row, world, hashes)
    with runtime.database.writing() as connection:
        sandbox_quota.make_room(connection, row["id"], row["created_at"])
        try:
            _INSERT.run(connection, row)
        except IntegrityError as error:
            raise Refused(ID_TAKEN) from error
        uow = work_on(runtime, connection, row["id"], Action("create_sandbox"))
        baseline.fill(uow, world, hashes)
        return _card(runtime, _Shown._make(_OF_VALUES(row)), uow.now, first)


def _create_in_slices(runtime: Runtime, row: dict[str, Any], world: World, hashes: Hashes) -> SandboxCard:
    """Nobody sees the sandbox before it is complete."""
    with incarnations.drafted(runtime, row) as draft:
        action = Action("create_sandbox")
        baseline.fill_in_slices(draft, baseline.Filling(runtime, row["id"], action, world, hashes))
        try:
            with runtime.database.writing() as connection:
                sandbox_quota.make_room(connection, row["id"], row["created_at"])
                draft.publish(connection, {"id": row["id"], "ttl": row["ttl"]})
        except IntegrityError as error:
            raise Refused(ID_TAKEN) from error
    made = Sandbox(**row)
    return _card(runtime, _Shown._make(_OF_RECORD(made)), made.now(runtime.clock.now()))


def show(uow: UnitOfWork) -> SandboxCard:
    """One sandbox."""
    record = uow.session.get_one(Sandbox, uow.sandbox_key)
    return _card(uow.runtime, _Shown._make(_OF_RECORD(record)), uow.now)


def page(runtime: Runtime, *, after: str | None, limit: int) -> Page[SandboxCard]:
    """The living sandboxes, the oldest first. Raises Invalid for an unknown `after`."""
    real_now = runtime.clock.now()
    statement = select(Sandbox).where(sandbox_quota.alive(real_now))
    with runtime.database.reading() as connection, Session(bind=connection) as session:
        if after is not None:
            key = session.scalar(select(Sandbox.key).where(Sandbox.id == after))
            if key is None:
                raise invalid("after", "There is no such sandbox.")
            statement = statement.where(Sandbox.key > key)
        rows = session.scalars(statement.order_by(Sandbox.key).limit(limit + 1)).all()
    found = tuple(_card(runtime, _Shown._make(_OF_RECORD(row)), row.now(real_now)) for row in rows[:limit])
    return Page(found, len(rows) > limit)


def remove(uow: UnitOfWork) -> None:
    """Delete a sandbox with everything in it. Raises Refused for `default`, which always exists."""
    if uow.sandbox_id == DEFAULT:
        raise Refused(INVALID_TRANSITION, detail="The sandbox default always exists; reset it instead.")
    sandbox_quota.delete_now_or_later(uow.connection, uow.sandbox_key, uow.real_now)


def reset(uow: UnitOfWork) -> None:
    """Restore the moment after creation or after the last import of a world; no password is hashed again."""
    baseline.restore(uow)


def made_from(uow: UnitOfWork) -> dict[str, str]:
    """What the sandbox was made from at the command line."""
    found = uow.connection.scalar(select(_SANDBOXES.c.made_from).where(_SANDBOXES.c.key == uow.sandbox_key))
    return dict(found or {})


def start_over(runtime: Runtime, uow: UnitOfWork) -> InitialUser:
    """Recreate a sandbox that has no world of its own; its first person gets a new password."""
    first, world = first_world(uow.preset)
    hashes = hash_passwords(world, runtime.hasher)
    with uow.writing():
        baseline.restore(uow)
        archive.clear(uow.connection, uow.sandbox_key)
        baseline.fill(uow, world, hashes)
    return first


def _card(runtime: Runtime, row: _Shown, now: datetime, first: InitialUser | None = None) -> SandboxCard:
    base = f"{runtime.shown_url}/s/{row.id}"
    return SandboxCard(
        id=row.id,
        preset=row.preset,
        base_url=f"{base}/v1",
        pages_url=f"{base}/login",
        console_url=f"{runtime.shown_url}/console/s/{row.id}",
        issuer=f"{base}/oidc",
        now=now,
        clock=row.clock_mode,
        seed=row.seed,
        created_at=row.created_at,
        ttl=None if row.ttl is None else render_duration(row.ttl),
        ends_at=None if row.ttl is None else row.last_used_at + row.ttl,
        differences=dict(DIFFERENCES),
        first_person=first,
    )


def _policy(runtime: Runtime, world: World, new: SandboxProperties) -> dict[str, Any]:
    """The changed knobs in JSON form: those of the world, overridden by those given for the sandbox."""
    changes = check_changes({**(world.policy or {}), **new.policy})
    throttling.judge_change(changes, loopback=runtime.loopback)
    return {name: value for name, value in changes.items() if value is not None}


def _row(runtime: Runtime, new: SandboxProperties, world: World, changes: dict[str, Any]) -> dict[str, Any]:
    real_now = runtime.clock.now()
    clock = new.clock or world.clock or ClockPart(mode="running")
    at = real_now if clock.now is None else moment(clock.now, real_now)
    judge_time(at, "clock.now")
    ttl = None if new.ttl is None or new.id == DEFAULT else parse_duration(new.ttl, "ttl")
    if ttl is not None and not timedelta(0) < ttl <= LONGEST_LIFE:
        raise invalid("ttl", f"More than nothing, at most {render_duration(LONGEST_LIFE)}.")
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
        "policy": changes,
        "made_from": new.made_from,
    }
