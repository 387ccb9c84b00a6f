"""What an error of the database means: whether the storage is in trouble, and what can be done about it."""

import logging
import sqlite3
from datetime import timedelta

from msgspec import Struct
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from logindrill.adapters.clock import RealClock

_LOG = logging.getLogger("logindrill")
_SAME_LINE_EVERY = timedelta(seconds=10)
_SOON = timedelta(seconds=1)
_LATER = timedelta(seconds=5)


class Trouble(Struct, frozen=True):
    """A fault of the storage, not of the program."""

    advice: str
    """One sentence for whoever runs the server."""
    retry_after: timedelta = _LATER
    connection_is_broken: bool = True
    """Whether the connection must be opened anew before it can work again; where it still reads, it is kept."""


_BUSY = Trouble(
    "another process holds the database locked: end it, or wait until it is done", _SOON, connection_is_broken=False
)
_SLOW = Trouble(
    "a statement took too long: the database is overloaded, or a lock is held for long",
    _SOON,
    connection_is_broken=False,
)
_FULL = Trouble("the disk of the database is full: free some space", connection_is_broken=False)
_READ_ONLY = Trouble(
    "the database cannot be written: check the rights of its file and folder, and that neither is mounted read-only"
)
_UNREADABLE = Trouble("the disk fails to read or write the database: check the disk, or restore a copy")
_UNWRITABLE = Trouble(
    "the disk fails to write the database: check it, and whether files may grow", connection_is_broken=False
)
_MALFORMED = Trouble("the database file is damaged, or is no database: restore a copy, or begin with a new file")
_GONE = Trouble("the database file cannot be opened: put it back, or restart the server to begin with a new one")
_AWAY = Trouble("the database server does not answer: start it, or check its address")
_SCHEMA = Trouble("the database has not this program's tables: run `logindrill db upgrade`")
_CROWDED = Trouble("all connections to the database are taken: its calls are slow", _SOON, connection_is_broken=False)

_BY_SQLITE_CODE = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_PROTOCOL: _BUSY,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_IOERR: _UNREADABLE,
    sqlite3.SQLITE_IOERR_WRITE: _UNWRITABLE,
    sqlite3.SQLITE_IOERR_FSYNC: _UNWRITABLE,
    sqlite3.SQLITE_IOERR_TRUNCATE: _UNWRITABLE,
    sqlite3.SQLITE_CORRUPT: _MALFORMED,
    sqlite3.SQLITE_NOTADB: _MALFORMED,
    sqlite3.SQLITE_CANTOPEN: _GONE,
    sqlite3.SQLITE_SCHEMA: _SCHEMA,
}
_BY_POSTGRESQL_STATE = {
    "55P03": _BUSY,
    "40P01": _BUSY,
    "40001": _BUSY,
    "57014": _SLOW,
    "25006": Trouble("the database is read-only: it may be a standby, or its default is set so"),
    "53100": _FULL,
    "53300": _CROWDED,
    "58030": _UNREADABLE,
    "XX001": _MALFORMED,
    "XX002": _MALFORMED,
    "3D000": Trouble("the database does not exist on its server: create it, or correct the address"),
    "42P01": _SCHEMA,
}
_STATES_OF_ABSENCE = ("08", "57P")
"""Classes of states: the connection failed, or the server shuts down or starts."""


def diagnose(error: SQLAlchemyError) -> Trouble | None:
    """The trouble of the storage behind an error; None where the program itself is at fault."""
    if isinstance(error, PoolTimeout):
        return _CROWDED
    if not isinstance(error, DBAPIError):
        return None
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return _AWAY if state.startswith(_STATES_OF_ABSENCE) else _BY_POSTGRESQL_STATE.get(state)
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        known = _BY_SQLITE_CODE.get(code) or _BY_SQLITE_CODE.get(code & 0xFF)
        return known or (_SCHEMA if "no such table" in str(error.orig) else None)
    if isinstance(error.orig, sqlite3.OperationalError):
        return _BUSY if "locked" in str(error.orig) else _GONE  # raised by SqliteFile itself
    return _AWAY if isinstance(error, OperationalError | InterfaceError) or error.connection_invalidated else None


def in_one_line(error: SQLAlchemyError) -> str:
    """What the driver said, without statement and values."""
    said = error.orig if isinstance(error, DBAPIError) else error
    return str(said).strip().partition("\n")[0]


class TroubleLog:
    """Writes one line about each trouble, and the same line again only after a while."""

    def __init__(self) -> None:
        self._clock = RealClock()
        self._last: dict[str, timedelta] = {}

    def write(self, trouble: Trouble) -> None:
        """Write the line, unless it was written a moment ago."""
        now = self._clock.elapsed()
        last = self._last.get(trouble.advice)
        if last is None or now - last > _SAME_LINE_EVERY:
            self._last[trouble.advice] = now
            _LOG.error("storage: %s", trouble.advice)
