"""The connections to a SQLite file: each thread keeps one, and one writer at a time has its turn."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from threading import local
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from logindrill.adapters import waits
from logindrill.adapters.clock import RealClock
from logindrill.work.engines import OURS

T = TypeVar("T")

PATIENCE = timedelta(seconds=4)
"""How long a writer waits: for its turn in this process, and for another one that writes to the file."""

LOST = "the file of the database is gone, or another one is in its place"
"""What is written to a file that has lost its name would be lost with it."""

_LONG_LOG = 4 * 1024 * 1024
"""The bytes of a write-ahead log that are worth copying back."""

_SHORT_LOG = 256 * 1024
"""The same where nobody writes."""

_FREE_PAGES = 500
"""How many free pages a file may keep: they are soon needed again."""

_PAGES_OF_STEP = 100
_STEPS = 20

_PAUSE = timedelta(milliseconds=20)
_NOWHERE = (0, 0)
"""The identity of a file that is not there."""


class SqliteFile:
    """Keeps a connection for each thread, and begins and ends transactions on the driver.

    Outside a transaction each statement sees what is committed, so calls that take turns in one thread share its
    connection: none of them is set aside between the begin and the end of a transaction. A connection that is checked
    out, begun and given back for every call would cost as much as all statements of a sign-in together.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(**OURS)
        self._path = (engine.url.database or "").removeprefix("file:")
        self._was_there = False
        self._version: int | None = None
        self._own = local()
        self._turn = waits.Turn()
        """SQLite has one writer: the calls of this process wait here instead of polling the file."""
        self._clock = RealClock()

    @property
    def connection(self) -> Connection:
        """The connection of this thread; it goes back to the engine's pool when the thread ends.

        Raises OperationalError where the file cannot be opened, or is another one than before.
        """
        found: _Opened | None = getattr(self._own, "found", None)
        if found is None:
            found = self._own.found = self._open()
        elif found.identity != self._identity():
            self.close()
            raise _as_raised(sqlite3.OperationalError(LOST))
        return found.connection

    @property
    def driver(self) -> Any:
        """The driver's own connection of this thread."""
        return self.connection.connection.dbapi_connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The connection of this thread."""
        yield self.connection

    @contextmanager
    def one_view(self) -> Iterator[Connection]:
        """A connection of its own, within one transaction that only reads."""
        with self._when_unlocked(self._engine.connect, self._clock.elapsed() + PATIENCE) as connection:
            driver: Any = connection.connection.dbapi_connection
            driver.execute("BEGIN")
            try:
                driver.execute("SELECT 1 FROM sandboxes LIMIT 1").fetchall()  # the view is that of the first statement
                yield connection
            finally:
                driver.execute("ROLLBACK")

    @contextmanager
    def writing(
        self,
        sandbox_key: int | None = None,  # noqa: ARG002 - one writer for all
        *,
        patience: timedelta | None = None,
    ) -> Iterator[Connection]:
        """One write transaction: committed at the end, rolled back on any exception.

        Raises OperationalError, also where the turn to write does not come in time.
        """
        patience = PATIENCE if patience is None else patience
        ends_at = self._clock.elapsed() + patience
        try:
            with self._turn.taken(patience):
                yield from self._transaction(ends_at)
        except waits.TurnMissed as error:
            raise _as_raised(sqlite3.OperationalError("database is locked by other calls")) from error

    def tidy(self) -> None:
        """Copy a long write-ahead log back into the database file; where nobody has written since the last call, give
        back the space that both do not need.

        It waits for the disk. So connections in the event loop leave it to this, called in another thread; only where
        the log grows faster than this is called do they do it themselves.
        """
        try:
            version = self._answer("PRAGMA data_version")[0]
            is_idle = version == self._version
            self._version = version
            size = self._log_size()
            if size > (_SHORT_LOG if is_idle else _LONG_LOG):
                _, frames, copied = self._answer("PRAGMA wal_checkpoint(PASSIVE)")
                if is_idle and frames == copied:
                    self._answer("PRAGMA wal_checkpoint(TRUNCATE)")
            if is_idle:
                self._shrink()
        except sqlite3.Error as error:
            raise _as_raised(error) from error

    def _shrink(self) -> None:
        """Cut free pages off the end of the file, a few at a time; a file of before was made without that ability."""
        for _ in range(_STEPS):
            if self._answer("PRAGMA freelist_count")[0] < _FREE_PAGES or self._answer("PRAGMA auto_vacuum")[0] == 0:
                return
            with self.writing():
                self.driver.execute(f"PRAGMA incremental_vacuum({_PAGES_OF_STEP})").fetchall()
            waits.here().sleep(_PAUSE)

    def _answer(self, pragma: str) -> Any:
        return self.driver.execute(pragma).fetchone()

    def _log_size(self) -> int:
        try:
            return os.stat(f"{self._path}-wal").st_size  # noqa: PTH116 - the path is text
        except OSError:
            return 0

    def close(self) -> None:
        """Close the connection of this thread, so that its next call opens another one; other threads keep theirs."""
        found = vars(self._own).pop("found", None)
        if found is not None:
            found.connection.invalidate()
            found.connection.close()

    def _transaction(self, ends_at: timedelta) -> Iterator[Connection]:
        connection = self.connection
        driver: Any = connection.connection.dbapi_connection
        self._begin(driver, ends_at)
        if not connection.in_transaction():
            connection.begin()  # says so to SQLAlchemy and its users; it stays begun, and executes nothing
        try:
            yield connection
            try:
                driver.execute("COMMIT")
            except sqlite3.Error as error:
                raise _as_raised(error) from error
        except BaseException:
            self._undo(connection, driver)
            raise

    def _undo(self, connection: Connection, driver: Any) -> None:
        try:
            connection.rollback()
            if driver.in_transaction:  # what ran on the driver alone began nothing that SQLAlchemy knows of
                driver.execute("ROLLBACK")
        except (SQLAlchemyError, sqlite3.Error):
            self.close()

    def _begin(self, driver: Any, ends_at: timedelta) -> None:
        """Take the file's lock; another process that holds it is waited for while other calls run."""
        try:
            self._when_unlocked(lambda: driver.execute("BEGIN IMMEDIATE"), ends_at)
        except sqlite3.Error as error:
            raise _as_raised(error) from error

    def _when_unlocked(self, action: Callable[[], T], ends_at: timedelta) -> T:
        """The result of the action, tried again while another process holds the file locked."""
        while True:
            try:
                return action()
            except (sqlite3.Error, DBAPIError) as error:
                if not _is_busy(error) or self._clock.elapsed() > ends_at:
                    raise
            waits.here().sleep(_PAUSE)

    def _open(self) -> "_Opened":
        if self._was_there and self._identity() == _NOWHERE:
            raise _as_raised(sqlite3.OperationalError(LOST))  # opening it would make an empty one
        connection = self._when_unlocked(self._engine.connect, self._clock.elapsed() + PATIENCE)
        identity = self._identity()
        self._was_there = identity != _NOWHERE
        return _Opened(connection, identity)

    def _identity(self) -> tuple[int, int]:
        try:
            found = os.stat(self._path)  # noqa: PTH116 - at each call, and three times as fast as a Path
        except OSError:
            return _NOWHERE
        return (found.st_dev, found.st_ino)


class _Opened:
    """The connection of a thread and the file that it opened; it goes back to the pool with the thread's own data."""

    def __init__(self, connection: Connection, identity: tuple[int, int]) -> None:
        self.connection = connection
        self.identity = identity

    def __del__(self) -> None:
        """Close at once: connection and transaction refer to one another, so the pool would wait for a collection."""
        with suppress(SQLAlchemyError, sqlite3.Error):
            self.connection.close()


def _is_busy(error: sqlite3.Error | DBAPIError) -> bool:
    original = error.orig if isinstance(error, DBAPIError) else error
    return getattr(original, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


def _as_raised(error: sqlite3.Error) -> OperationalError:
    """The driver's error as SQLAlchemy raises it."""
    return OperationalError(None, None, error)
