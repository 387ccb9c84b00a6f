"""What a service works in: one sandbox, one instant, one transaction, and the journal of what happened."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Executable, String, bindparam, exists, select, type_coerce, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from logindrill.adapters.hashing import keyed_digest
from logindrill.adapters.randomness import SeededRandom
from logindrill.models import Condition, Fault, Sandbox
from logindrill.presets import PRESETS, Preset
from logindrill.rules.circumstances import ORDINARY, Circumstances
from logindrill.rules.policy import Policy, compose
from logindrill.work.event_log import AttemptDraft, EventLog
from logindrill.work.runtime import Action, Runtime
from logindrill.work.statements import Prepared

USED_AT_MOST_EVERY = timedelta(minutes=1)

_SANDBOX = Sandbox.__table__
_FIND = Prepared(
    select(
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
    ).where(_SANDBOX.c.id == bindparam("id"))
)
_LOCK = Prepared(select(_SANDBOX.c.key).where(_SANDBOX.c.key == bindparam("key")).with_for_update())
_TOUCH = update(_SANDBOX).where(_SANDBOX.c.key == bindparam("k")).values(last_used_at=bindparam("real_now"))
_DRAWS = select(_SANDBOX.c.draws).where(_SANDBOX.c.key == bindparam("k"))
_DRAWN = update(_SANDBOX).where(_SANDBOX.c.key == bindparam("k")).values(draws=bindparam("position"))


class UnknownSandbox(Exception):
    """No sandbox has this id, or its life is over."""


class UnitOfWork:
    """What a service gets: the sandbox, its policy, the one `now`, and the connection."""

    def __init__(
        self,
        runtime: Runtime,
        action: Action,
        row: Any,
        real_now: datetime,
        *,
        connections: ExitStack,
        connection: Connection,
        writing: bool = False,
    ) -> None:
        self.runtime = runtime
        self.action = action
        self.sandbox_key: int = row.key
        self.sandbox_id: str = row.id
        self.preset: Preset = PRESETS[row.preset]
        self.policy: Policy = composed(row.preset, row.policy, runtime.loopback)
        self.real_now = real_now
        self.now: datetime = row.frozen_at or real_now + row.clock_offset
        self.seeded: bool = row.seeded
        self._seed: int = row.seed
        self._random: SeededRandom | None = None
        self.event_log = EventLog(
            AttemptDraft(action.operation, action.kind, action.caller.client.value, action.request),
            self.now,
            self.real_now,
        )
        self.has_conditions = bool(row.has_conditions)
        self.has_faults = bool(row.has_faults)
        self.circumstances: Circumstances = ORDINARY
        """What surrounds the client; settled before a service runs."""
        self._connections = connections
        self._connection: Connection | None = connection
        self._session: Session | None = None
        self._writing = writing
        self._survives_refusal: list[tuple[Executable, dict[str, Any]]] = []

    @property
    def connection(self) -> Connection:
        """The reading connection, or the one of the open write transaction."""
        if self._connection is None:
            self._connection = self._connections.enter_context(self.runtime.database.reading())
        return self._connection

    @property
    def session(self) -> Session:
        """The ORM over the same connection, for everything that is not on a hot path."""
        if self._session is None:
            self._session = Session(bind=self.connection, expire_on_commit=False, join_transaction_mode="rollback_only")
        return self._session

    @property
    def attempt(self) -> AttemptDraft:
        """The attempt this action will leave, where it leaves one."""
        return self.event_log.attempt

    @contextmanager
    def writing(self) -> Iterator[None]:
        """The action's one write transaction; other writers of this sandbox wait, journal included."""
        self.release()
        with self.runtime.database.writing() as connection:
            self._connection = connection
            self._writing = True
            try:
                self._queue(connection)
                yield
                self.flush()
            except BaseException as error:
                self.event_log.forget()
                self._require_sandbox(error)
                raise
            finally:
                self._writing = False
                self._session = None
                self._connection = None
                self._random = None

    @contextmanager
    def counting(self) -> Iterator[Connection]:
        """A short transaction before the action's own: a try is counted and committed before it is judged."""
        self.release()
        with self.runtime.database.writing() as connection:
            self._queue(connection)
            yield connection

    def touch(self, statement: Executable, values: dict[str, Any]) -> None:
        """Note that something was used, also by an action that will be refused: within the open transaction, else in
        a short one of its own."""
        if self._writing:
            self.connection.execute(statement, values)
            self.write_even_if_refused(statement, values)
            return
        self.release()
        with self.runtime.database.writing() as connection:
            connection.execute(statement, values)

    def write_even_if_refused(self, statement: Executable, values: dict[str, Any]) -> None:
        """Have something written although the action will be refused: with the record of its refusal."""
        self._survives_refusal.append((statement, values))

    def release(self) -> None:
        """Give the reading connection back, before something slow or a write."""
        self._session = None
        self._connection = None
        self._connections.close()

    def write_what_survives_refusal(self) -> None:
        """Write what a refused action leaves behind."""
        for statement, values in self._survives_refusal:
            self.connection.execute(statement, values)
        self._survives_refusal.clear()

    def note(
        self,
        what: str,
        *,
        subject: str | None = None,
        actor: str | None = None,
        outcome: str = "done",
        **details: Any,
    ) -> None:
        """Add an event to the log of this action."""
        self.event_log.note(what, outcome=outcome, actor=actor, subject=subject, details=details)

    def draw(self, below: int) -> int:
        """A number from 0 to `below` - 1 from the sandbox's seed, within the write transaction: its position is read
        there, so that parallel actions never draw alike (D13)."""
        if self._random is None:
            self._random = SeededRandom(
                self._seed, self.connection.execute(_DRAWS, {"k": self.sandbox_key}).scalar_one()
            )
        return self._random.number(below)

    def keyed(self, value: str) -> str:
        """The digest of a short secret, keyed by the installation; a fork of the sandbox still knows it."""
        return keyed_digest(self.runtime.secret, value)

    def _queue(self, connection: Connection) -> None:
        """Wait for one's turn in this sandbox; SQLite has one writer anyway."""
        if not self.runtime.database.embedded:
            _LOCK.one_or_none(connection, {"key": self.sandbox_key})

    def _require_sandbox(self, error: BaseException) -> None:
        """Raise UnknownSandbox where a write met nothing to refer to because the sandbox went on the way."""
        if isinstance(error, IntegrityError):
            with self.runtime.database.reading() as connection:
                row = _FIND.one_or_none(connection, {"id": self.sandbox_id})
            if row is None or row.key != self.sandbox_key:
                raise UnknownSandbox(self.sandbox_id) from error

    def flush(self) -> None:
        """Write out what is pending: objects, journal, the position of the seed."""
        connection = self.connection
        if self._session is not None:
            self._session.flush()
        self.event_log.write(connection, self.sandbox_key)
        if self._random is not None:
            connection.execute(_DRAWN, {"k": self.sandbox_key, "position": self._random.position})


def open_work(runtime: Runtime, sandbox_id: str, action: Action) -> UnitOfWork:
    """The unit of work of one action in a sandbox; raises UnknownSandbox."""
    with ExitStack() as connections:
        connection = connections.enter_context(runtime.database.reading())
        row = _FIND.one_or_none(connection, {"id": sandbox_id})
        real_now = runtime.clock.now()
        if row is None or (row.ttl is not None and row.last_used_at + row.ttl < real_now):
            raise UnknownSandbox(sandbox_id)
        if real_now - row.last_used_at > USED_AT_MOST_EVERY:
            _touch(runtime, row.key, real_now)
        return UnitOfWork(runtime, action, row, real_now, connections=connections.pop_all(), connection=connection)


def work_on(runtime: Runtime, connection: Connection, sandbox_id: str, action: Action) -> UnitOfWork:
    """A unit of work inside a transaction that is already open; whoever opened it flushes and commits."""
    row = _FIND.one_or_none(connection, {"id": sandbox_id})
    if row is None:
        raise UnknownSandbox(sandbox_id)
    return UnitOfWork(
        runtime, action, row, runtime.clock.now(), connections=ExitStack(), connection=connection, writing=True
    )


def _touch(runtime: Runtime, sandbox_key: int, real_now: datetime) -> None:
    with runtime.database.writing() as connection:
        connection.execute(_TOUCH, {"k": sandbox_key, "real_now": real_now})


@lru_cache(maxsize=1024)
def composed(preset: str, changes: str, loopback: bool) -> Policy:
    """The policy of a preset with a sandbox's changed knobs, given as their JSON text; beyond loopback, throttled."""
    policy = compose(PRESETS[preset].policy, json.loads(changes))
    return policy if loopback else replace(policy, throttling=replace(policy.throttling, enabled=True))
