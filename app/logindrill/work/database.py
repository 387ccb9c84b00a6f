"""The database: connections for reading and for writing, and its schema at start."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, inspect, text, update
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from logindrill.adapters import randomness
from logindrill.adapters.changes import Changes
from logindrill.models import Base, InstallationSecret
from logindrill.work.engines import DatabaseUnusable, engine_options, set_up_sqlite
from logindrill.work.postgresql_server import PostgresqlServer
from logindrill.work.sqlite_file import SqliteFile
from logindrill.work.trouble import Trouble, TroubleLog, diagnose, in_one_line

SCHEMA = "0011"
"""The newest migration; a new database is created from the models and marked with this revision."""

_WAIT_FOR_EVER = text("SELECT set_config('lock_timeout', '0', true), set_config('statement_timeout', '0', true)")
_LOCK_SCHEMA = text("SELECT pg_advisory_xact_lock(8401)")
_MAKE_STAMP = text(
    "CREATE TABLE alembic_version"
    " (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)


class Database:
    """Opens connections: a reading connection holds no lock, a writing one is one transaction."""

    def __init__(
        self,
        engine: Engine,
        options: Mapping[str, Any],
        *,
        ephemeral: bool = False,
        synchronous_commit: str | None = None,
    ) -> None:
        """Take over an engine made with these `engine_options`.

        `ephemeral` (SQLite) and `synchronous_commit` "off" (PostgreSQL) trade safety from power cuts for speed.
        """
        self.engine = engine
        self.embedded = engine.dialect.name == "sqlite"
        self.changes = Changes()
        self._log = TroubleLog()
        if self.embedded:
            set_up_sqlite(engine, ephemeral)
            self._connections: SqliteFile | PostgresqlServer = SqliteFile(engine)
        else:
            self._connections = PostgresqlServer(engine, options, synchronous_commit)

    @classmethod
    def open(cls, url: str, *, ephemeral: bool = False) -> "Database":
        """A database for `sqlite:///…` or `postgresql://…`; no connection is opened yet.

        Raises DatabaseUnusable for an address of any other kind.
        """
        try:
            options = engine_options(url)
            return cls(create_engine(**options), options, ephemeral=ephemeral)
        except (ArgumentError, NoSuchModuleError) as error:
            raise DatabaseUnusable(f"no database address: {error}") from error
        except ModuleNotFoundError as error:
            raise DatabaseUnusable("PostgreSQL needs the extra: pip install 'logindrill[postgres]'") from error

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection without a transaction: each statement sees what is committed."""
        return self._connections.reading()

    def one_view(self) -> AbstractContextManager[Connection]:
        """A connection for reading whose statements all see one state, however long it is open and whoever waits."""
        return self._connections.one_view()

    @contextmanager
    def dispensable(self) -> Iterator[None]:
        """A write that its call can do without: that the storage is in trouble ends the block, and not the call."""
        try:
            yield
        except SQLAlchemyError as error:
            found = diagnose(error)
            if found is None:
                raise
            if found.connection_is_broken:
                self._log.write(found)

    @contextmanager
    def writing(self, sandbox_key: int | None = None, *, patience: timedelta | None = None) -> Iterator[Connection]:
        """One write transaction: committed at the end, rolled back on any exception; whoever watches the sandbox is
        woken by its end. `patience` is how long it waits for other writers, a few seconds where it is None.
        """
        with self._connections.writing(sandbox_key, patience=patience) as connection:
            yield connection
        if sandbox_key is not None:
            self.changes.happened(sandbox_key)

    def prepare(self) -> None:
        """Create the schema of a new database, or migrate an older one.

        Raises DatabaseUnusable where that fails, also for a schema newer than this program.
        """
        try:
            found = self.schema()
            if found is None:
                self._create()
            elif found not in known_schemas():
                raise DatabaseUnusable(
                    f"the database has schema {found}, which this program does not know: it needs a newer one"
                )
            elif found != SCHEMA:
                self.upgrade(migrations_folder())
            else:
                self._try_to_write()
        except DBAPIError as error:
            raise DatabaseUnusable(f"the database cannot be used: {in_one_line(error)}") from error

    def upgrade(self, migrations: Path) -> None:
        """Run the migrations of a folder that the database does not have yet; all of them or none.

        Another process that upgrades at the same time waits, and then finds nothing left to do. Raises
        DatabaseUnusable.
        """
        from alembic import command
        from alembic.config import Config

        config = Config(attributes={})
        config.set_main_option("script_location", str(migrations).replace("%", "%%"))
        with self.rebuilding() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    @contextmanager
    def rebuilding(self) -> Iterator[Connection]:
        """A write transaction in which tables may be rebuilt.

        SQLite rebuilds a table by dropping the old one, which would delete the rows that refer to it: foreign keys are
        off during the transaction and checked at its end. Raises DatabaseUnusable where a row then refers to nothing.
        """
        if isinstance(self._connections, PostgresqlServer):
            with self.writing() as connection:
                _lock_schema(connection)
                yield connection
            return
        driver = self._connections.driver
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with self.writing() as connection:
                yield connection
                lost = connection.execute(text("PRAGMA foreign_key_check")).first()
                if lost is not None:
                    raise DatabaseUnusable(f"a row of {lost.table} would refer to nothing in {lost.parent}")
        finally:
            driver.execute("PRAGMA foreign_keys=ON")

    def schema(self) -> str | None:
        """The migration revision of the database, None for an empty one; raises SQLAlchemy's errors."""
        with self.reading() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
            return found

    def damage(self) -> str | None:
        """What is damaged in an embedded database; None where nothing is. It reads the whole file."""
        if not self.embedded:
            return None
        with self.reading() as connection:
            found = str(connection.scalar(text("PRAGMA quick_check(1)")))
        return None if found == "ok" else found.partition("\n")[-1] or found

    def is_ready(self) -> bool:
        """Whether the database answers and has this program's schema."""
        try:
            return self.schema() == SCHEMA
        except SQLAlchemyError:
            return False

    def secret(self) -> str:
        """The secret of this installation, made together with the database."""
        with self.reading() as connection:
            return str(connection.execute(InstallationSecret.__table__.select()).one().secret)

    def trouble(self, error: SQLAlchemyError) -> Trouble | None:
        """The trouble of the storage behind an error, None where there is none.

        It is logged, and connections that cannot recover are given up: the next call opens new ones.
        """
        found = diagnose(error)
        if found is None:
            return None
        self._log.write(found)
        if found.connection_is_broken:
            self.close()
        return found

    def tidy(self) -> None:
        """Give back what the embedded database has gathered; never call it where it would keep calls waiting."""
        if isinstance(self._connections, SqliteFile):
            self._connections.tidy()

    def close(self) -> None:
        """Close all connections."""
        self._connections.close()
        self.engine.dispose()

    def _create(self) -> None:
        with self.writing() as connection:
            if not self.embedded:
                _lock_schema(connection)
            if inspect(connection).has_table("alembic_version"):
                return
            Base.metadata.create_all(connection, checkfirst=False)
            connection.execute(_MAKE_STAMP)
            connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": SCHEMA})
            connection.execute(InstallationSecret.__table__.insert(), {"secret": randomness.token()})

    def _try_to_write(self) -> None:
        """Raises SQLAlchemy's errors where the database is read-only."""
        with self.writing() as connection:
            connection.execute(update(InstallationSecret).values(secret=InstallationSecret.secret))


def migrations_folder() -> Path:
    """The folder of the migrations: beside this file in a wheel, at the top of a checkout."""
    shipped = Path(__file__).parents[1] / "migrations"
    return shipped if shipped.is_dir() else Path(__file__).parents[3] / "migrations"


def known_schemas() -> frozenset[str]:
    """The revisions this program knows, read from file names such as `0001_what_it_does.py`."""
    return frozenset(path.name.partition("_")[0] for path in (migrations_folder() / "versions").glob("[0-9]*.py"))


def _lock_schema(connection: Connection) -> None:
    """Wait, as long as it takes, until no other process makes or changes the schema."""
    connection.execute(_WAIT_FOR_EVER)
    connection.execute(_LOCK_SCHEMA)
