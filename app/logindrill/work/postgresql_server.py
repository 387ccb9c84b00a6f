"""The connections to a PostgreSQL server: while one call waits for an answer of the server, others run."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from weakref import WeakValueDictionary

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import TimeoutError as PoolTimeout

from logindrill.adapters import waits
from logindrill.adapters.clock import RealClock

PATIENCE = timedelta(seconds=4)
"""How long a writer waits for its sandbox: for its turn in this process, and for the lock of another one."""

_WORTH_A_STATEMENT = timedelta(seconds=0.5)
"""The part of a writer's patience that must be used up before the connection's own limit is lowered."""

_MILLISECOND = timedelta(milliseconds=1)

_SET_UP = "SET lock_timeout = '{} ms'; SET statement_timeout = '30s'; SET idle_in_transaction_session_timeout = '60s'"


class PostgresqlServer:
    """Gives out connections of a pool: psycopg's own in threads, its asynchronous ones to calls in an event loop.

    The calls of this process that write in one sandbox queue before they take a connection. So a sandbox whose row is
    locked by somebody else keeps one connection waiting, and not all of them.
    """

    def __init__(self, engine: Engine, options: Mapping[str, Any], synchronous_commit: str | None = None) -> None:
        """`options` are those that the engine was made with; that of the event loop is made with them too.

        `synchronous_commit` is the parameter of that name for each connection, None leaves it to the server.
        """
        self._options = dict(options)
        self._synchronous_commit = synchronous_commit
        self._of_threads = engine
        self._of_loop: Engine | None = None
        self._turns: WeakValueDictionary[int, waits.Turn] = WeakValueDictionary()
        self._clock = RealClock()
        _set_up(engine, synchronous_commit)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection without a transaction."""
        with self._engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            yield connection

    @contextmanager
    def one_view(self) -> Iterator[Connection]:
        """A connection within one transaction that only reads."""
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self._engine.execution_options(**options).connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self, sandbox_key: int | None = None, *, patience: timedelta | None = None) -> Iterator[Connection]:
        """One transaction, and among the calls of this process the only one in its sandbox.

        Raises SQLAlchemy's TimeoutError where neither a turn nor a connection comes in time.
        """
        if sandbox_key is None:
            with self._engine.begin() as connection:
                yield connection
            return
        turn = self._turns.setdefault(sandbox_key, waits.Turn())
        patience = PATIENCE if patience is None else patience
        ends_at = self._clock.elapsed() + patience
        try:
            with turn.taken(patience), self._engine.begin() as connection:
                self._limit(connection, ends_at - self._clock.elapsed())
                yield connection
        except waits.TurnMissed as error:
            raise PoolTimeout("the sandbox is busy") from error

    def _limit(self, connection: Connection, left: timedelta) -> None:
        """Have the transaction wait for locks no longer than its writer has patience left."""
        if left < PATIENCE - _WORTH_A_STATEMENT:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{max(1, left // _MILLISECOND)} ms'")

    def close(self) -> None:
        """Close the connections that nobody uses; those in use are closed when they are given back."""
        for engine in (self._of_threads, self._of_loop):
            if engine is not None:
                engine.dispose(close=engine is self._of_threads or waits.here().in_loop)

    @property
    def _engine(self) -> Engine:
        if not waits.here().in_loop:
            return self._of_threads
        if self._of_loop is None:
            self._of_loop = _asynchronous(self._of_threads, self._options)
            _set_up(self._of_loop, self._synchronous_commit)
        return self._of_loop


def _asynchronous(engine: Engine, options: Mapping[str, Any]) -> Engine:
    from sqlalchemy.ext.asyncio import create_async_engine

    given = {name: value for name, value in options.items() if name != "url"}
    return create_async_engine(engine.url.set(drivername="postgresql+psycopg_async"), **given).sync_engine


def _set_up(engine: Engine, synchronous_commit: str | None) -> None:
    """Give each new connection its bounds; by statements, since connection poolers refuse such start options."""
    statements = _SET_UP.format(PATIENCE // _MILLISECOND)
    if synchronous_commit is not None:
        statements += f"; SET synchronous_commit = {synchronous_commit}"

    @event.listens_for(engine, "connect")
    def _bound(driver_connection: Any, _record: Any) -> None:
        driver_connection.autocommit = True
        driver_connection.execute(statements)
        driver_connection.autocommit = False
