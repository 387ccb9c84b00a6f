"""The options of the SQLAlchemy engine for SQLite and PostgreSQL."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from logindrill.adapters import waits

OURS = {"transactions": "ours"}
"""The execution option of connections whose transactions `SqliteFile` begins and ends."""

_SECONDS_TO_CONNECT = "10"
_PAGES_OF_A_HUGE_LOG = 250_000
"""Where a call itself copies the write-ahead log back, since `Database.tidy` has not: at 1 GB."""

_SECONDS_TO_UNLOCK = 0.02
"""How long one attempt on a locked SQLite file may block its thread; `SqliteFile` tries again."""


class DatabaseUnusable(Exception):
    """The database cannot be reached, written to or understood; the message is one line for a person."""


def engine_options(url: str | URL, given: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What SQLAlchemy's `create_engine` needs for a database address, its `url` included; the options given win.

    Raises DatabaseUnusable for an address that names no known database.
    """
    given = dict(given or {})
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise DatabaseUnusable(f"no database address: {error}") from error
    options = _sqlite_options(address) if address.get_backend_name() == "sqlite" else _postgresql_options(address)
    if not given.keys().isdisjoint(("pool", "poolclass")):
        options = {name: value for name, value in options.items() if not name.startswith(("pool", "max_overflow"))}
    arguments = {**options.pop("connect_args", {}), **given.pop("connect_args", {})}
    return {**options, "connect_args": arguments, **given}


def set_up_sqlite(engine: Engine, ephemeral: bool) -> None:
    """Set up each new connection; sessions that are not ours, such as that of a shell, begin as usual."""

    @event.listens_for(engine, "connect")
    def _set_up(driver_connection: Any, _record: Any) -> None:
        driver_connection.isolation_level = None
        driver_connection.execute("PRAGMA auto_vacuum=INCREMENTAL")  # no file can be given this once it has tables
        driver_connection.execute("PRAGMA journal_mode=WAL")
        driver_connection.execute(f"PRAGMA synchronous={'OFF' if ephemeral else 'NORMAL'}")
        driver_connection.execute("PRAGMA foreign_keys=ON")
        driver_connection.execute("PRAGMA cache_size=-4000")
        if waits.here().in_loop:
            driver_connection.execute(f"PRAGMA wal_autocheckpoint={_PAGES_OF_A_HUGE_LOG}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if not OURS.items() <= connection.get_execution_options().items():
            connection.connection.execute("BEGIN")


def _postgresql_options(address: URL) -> dict[str, Any]:
    if address.get_backend_name() != "postgresql":
        raise DatabaseUnusable(f"unknown database {address.drivername}: use sqlite or postgresql")
    patience = {"connect_timeout": _SECONDS_TO_CONNECT, **address.query}
    address = address.set(drivername="postgresql+psycopg", query=patience)
    return {"url": address, "pool_size": 16, "max_overflow": 16, "pool_timeout": 4, "pool_use_lifo": True}


def _sqlite_options(address: URL) -> dict[str, Any]:
    return {
        "url": address.set(database=_absolute(address)),
        "poolclass": QueuePool,
        "pool_size": 8,
        "max_overflow": 32,
        "pool_use_lifo": True,
        "connect_args": {"check_same_thread": False, "timeout": _SECONDS_TO_UNLOCK, "cached_statements": 512},
    }


def _absolute(address: URL) -> str:
    """The file of an embedded database: relative to the working folder, whoever opens it."""
    scheme = "file:" if address.query.get("uri") else ""
    file = (address.database or "").removeprefix(scheme)
    if file in ("", ":memory:"):
        raise DatabaseUnusable("SQLite needs a file that all connections share: use sqlite:///FILE or --ephemeral")
    return f"{scheme}{Path(file).absolute()}"
