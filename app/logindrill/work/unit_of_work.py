"""The unit of work of a service: one sandbox, one instant, one transaction, and the event log of the action."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from logindrill.adapters.hashing import keyed_digest
from logindrill.adapters.randomness import SeededRandom
from logindrill.presets import PRESETS, Preset
from logindrill.rules.circumstances import ORDINARY, Circumstances
from logindrill.rules.policy import Policy, compose
from logindrill.rules.values import replace
from logindrill.work import sandbox
from logindrill.work.event_log import AttemptDraft, EventLog
from logindrill.work.runtime import Action, Runtime
from logindrill.work.sandbox import StoredSandbox
from logindrill.work.scope import SandboxScope
from logindrill.work.statements import PreparedWrite, Values

USED_AT_MOST_EVERY = timedelta(minutes=1)

_BRIEFLY = timedelta(milliseconds=100)
"""How long a call that only reads waits for its turn to record that something was used."""


class UnknownSandbox(Exception):
    """No sandbox has this id, or its lifetime is over."""


class UnitOfWork(SandboxScope):
    """What a service gets: the sandbox, its policy, the one `now`, and the connection."""

    def __init__(
        self,
        runtime: Runtime,
        action: Action,
        row: StoredSandbox,
        real_now: datetime,
        *,
        connections: ExitStack,
        connection: Connection,
        writing: bool = False,
    ) -> None:
        self.runtime = runtime
        self.action = action
        self.sandbox_key = row.key
        self.sandbox_id = row.id
        self.preset: Preset = PRESETS[row.preset]
        self.policy: Policy = composed(row.preset, row.policy, runtime.loopback)
        self.real_now = real_now
        self.now: datetime = row.frozen_at or real_now + row.clock_offset
        self.clock_stands = row.frozen_at is not None
        self.seeded = row.seeded
        self._seed = row.seed
        self._random: SeededRandom | None = None
        self.event_log = EventLog(
            AttemptDraft(action.operation, action.kind, action.caller.client.value, action.request),
            self.now,
            self.real_now,
        )
        self.has_conditions = bool(row.has_conditions)
        self.has_faults = bool(row.has_faults)
        self.circumstances: Circumstances = ORDINARY
        """The circumstances of the client; resolved before a service runs."""
        self._connections = connections
        self._connection: Connection | None = connection
        self._session: Session | None = None
        self._writing = writing
        self._survives_refusal: list[tuple[PreparedWrite, Values]] = []

    @property
    def connection(self) -> Connection:
        """The reading connection, or the connection of the open write transaction."""
        if self._connection is None:
            self._connection = self._connections.enter_context(self.runtime.database.reading())
        return self._connection

    @property
    def session(self) -> Session:
        """The ORM session over the same connection, for everything that is not on a hot path."""
        if self._session is None:
            self._session = Session(bind=self.connection, expire_on_commit=False, join_transaction_mode="rollback_only")
        return self._session

    @property
    def attempt(self) -> AttemptDraft:
        """The attempt that this action will record, if it records one."""
        return self.event_log.attempt

    @contextmanager
    def writing(self) -> Iterator[None]:
        """The action's one write transaction; other writers of this sandbox wait until it ends."""
        self.release()
        with self.runtime.database.writing(self.sandbox_key) as connection:
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

    @property
    def is_writing(self) -> bool:
        """Whether a write transaction is open."""
        return self._writing

    @contextmanager
    def counting(self) -> Iterator[None]:
        """A short transaction before the action's own: it counts and commits a try before the try is judged."""
        with self._apart() as connection:
            self._queue(connection)
            yield

    def touch(self, statement: PreparedWrite, values: Values) -> None:
        """Record the use of something, also for an action that will be refused: in the open transaction, else in a
        short one of its own, unless the storage is in trouble or others write for long.
        """
        if self._writing:
            statement.run(self, values)
            self.write_even_if_refused(statement, values)
            return
        with self.runtime.database.dispensable(), self._apart(patience=_BRIEFLY):
            statement.run(self, values)

    def write_even_if_refused(self, statement: PreparedWrite, values: Values) -> None:
        """Have a statement executed although the action will be refused: together with the record of its refusal."""
        self._survives_refusal.append((statement, values))

    def release(self) -> None:
        """Close the reading connection before something slow, or before a write transaction."""
        self._session = None
        self._connection = None
        self._connections.close()

    def write_what_survives_refusal(self) -> None:
        """Execute the statements that were given to `write_even_if_refused`."""
        for statement, values in self._survives_refusal:
            statement.run(self, values)
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

    def draw(self, below: int, *, keep: bool = True) -> int:
        """A number from 0 to `below` - 1 from the sandbox's seed, within the write transaction: the seed's position
        is read there, so that parallel actions never draw the same number (D13). Without `keep` it is drawn again.
        """
        if self._random is None:
            self._random = SeededRandom(self._seed, sandbox.draws(self.connection, self.sandbox_key))
        drawn = self._random.number(below)
        if not keep:
            self._random.position -= 1
        return drawn

    def keyed(self, value: str) -> str:
        """The digest of a short secret, keyed by the installation; it is the same in a fork of the sandbox."""
        return keyed_digest(self.runtime.secret, value)

    def _queue(self, connection: Connection) -> None:
        """Lock the sandbox's row until the transaction ends; SQLite has only one writer anyway."""
        if not self.runtime.database.embedded:
            sandbox.lock(connection, self.sandbox_key)

    @contextmanager
    def _apart(self, patience: timedelta | None = None) -> Iterator[Connection]:
        """A short transaction of its own, whose connection is that of the action meanwhile."""
        self.release()
        with self.runtime.database.writing(self.sandbox_key, patience=patience) as connection:
            self._connection = connection
            try:
                yield connection
            finally:
                self.release()

    def _require_sandbox(self, error: BaseException) -> None:
        """Raise UnknownSandbox where a foreign key fails because the sandbox was deleted in the meantime."""
        if isinstance(error, IntegrityError):
            with self.runtime.database.reading() as connection:
                row = sandbox.find(connection, self.sandbox_id)
            if row is None or row.key != self.sandbox_key:
                raise UnknownSandbox(self.sandbox_id) from error

    def flush(self) -> None:
        """Write everything pending: objects, event log, position of the seed."""
        if self._session is not None:
            self._session.flush()
        self.event_log.write(self)
        if self._random is not None:
            sandbox.keep_draws(self.connection, self.sandbox_key, self._random.position)


def open_work(runtime: Runtime, sandbox_id: str, action: Action) -> UnitOfWork:
    """The unit of work of one action in a sandbox; raises UnknownSandbox."""
    with ExitStack() as connections:
        connection = connections.enter_context(runtime.database.reading())
        row = sandbox.find(connection, sandbox_id)
        real_now = runtime.clock.now()
        if row is None or (row.ttl is not None and row.last_used_at + row.ttl < real_now):
            raise UnknownSandbox(sandbox_id)
        if real_now - row.last_used_at > USED_AT_MOST_EVERY:
            connections.close()
            with runtime.database.dispensable(), runtime.database.writing(row.key, patience=_BRIEFLY) as writing:
                sandbox.touch(writing, row.key, real_now)
            connection = connections.enter_context(runtime.database.reading())
        return UnitOfWork(runtime, action, row, real_now, connections=connections.pop_all(), connection=connection)


def work_on(runtime: Runtime, connection: Connection, sandbox_id: str, action: Action) -> UnitOfWork:
    """A unit of work inside a transaction that is already open; the caller flushes and commits it."""
    row = sandbox.find(connection, sandbox_id)
    if row is None:
        raise UnknownSandbox(sandbox_id)
    return UnitOfWork(
        runtime, action, row, runtime.clock.now(), connections=ExitStack(), connection=connection, writing=True
    )


@lru_cache(maxsize=1024)
def composed(preset: str, changes: str, loopback: bool) -> Policy:
    """The policy of a preset with a sandbox's changed knobs, given as their JSON text.

    Beyond loopback, throttling is always on.
    """
    policy = compose(PRESETS[preset].policy, json.loads(changes))
    return policy if loopback else replace(policy, throttling=replace(policy.throttling, enabled=True))
