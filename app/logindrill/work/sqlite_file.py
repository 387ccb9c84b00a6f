"""The connections to a SQLite file: each thread keeps one, and one writer at a time has its turn."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, local
from typing import Any

from sqlalchemy import Connection, Engine

from logindrill.work.engines import OURS


class SqliteFile:
    """Keeps a connection for each thread, and begins and ends transactions on the driver.

    Outside a transaction each statement sees what is committed, so calls that take turns in one thread share its
    connection: none of them is set aside between the begin and the end of a transaction. A connection that is checked
    out, begun and given back for every call would cost as much as all statements of a sign-in together.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(**OURS)
        self._own = local()
        self._turn = Lock()
        """SQLite has one writer: threads of this process wait here instead of polling the file."""

    @property
    def connection(self) -> Connection:
        """The connection of this thread; it goes back to the engine's pool when the thread ends."""
        try:
            connection: Connection = self._own.connection
        except AttributeError:
            connection = self._own.connection = self._engine.connect()
        return connection

    @property
    def driver(self) -> Any:
        """The driver's own connection of this thread."""
        return self.connection.connection.dbapi_connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One write transaction: committed at the end, rolled back on any exception."""
        connection = self.connection
        driver: Any = connection.connection.dbapi_connection
        with self._turn:
            driver.execute("BEGIN IMMEDIATE")
            if not connection.in_transaction():
                connection.begin()  # says so to SQLAlchemy and its users; it stays begun, and executes nothing
            try:
                yield connection
                driver.execute("COMMIT")
            except BaseException:
                connection.rollback()
                if driver.in_transaction:  # what ran on the driver alone began nothing that SQLAlchemy knows of
                    driver.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close the connection of this thread; those of other threads are closed when they end."""
        connection = vars(self._own).pop("connection", None)
        if connection is not None:
            connection.close()
