"""A database as it is made, opened, read and written, and the one line that tells why one cannot be used."""

import gc
import sqlite3
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from logindrill.models import Base
from logindrill.work.database import SCHEMA, Database, known_schemas, migrations_folder
from logindrill.work.engines import DatabaseUnusable
from tests.work.tables import structure


def test_the_migrations_make_what_a_new_database_is_made_of(database: Database, empty_database_url: str) -> None:
    database.prepare()
    created = structure(database)
    with database.writing() as connection:
        Base.metadata.drop_all(connection)
        connection.execute(text("DROP TABLE alembic_version"))
    database.upgrade(migrations_folder())
    assert structure(database) == created
    assert len(created) == len(Base.metadata.tables) + 1


def test_alembic_finds_no_difference_between_migrations_and_models(database: Database) -> None:
    database.upgrade(migrations_folder())
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []


def test_a_new_database_is_stamped_with_the_newest_migration(database: Database) -> None:
    assert database.schema() is None
    database.prepare()
    assert database.schema() == SCHEMA == max(known_schemas())


def test_every_index_and_unique_constraint_of_rows_begins_with_the_sandbox(database: Database) -> None:
    database.prepare()
    with database.reading() as connection:
        seen: Any = inspect(connection)
        found = [
            (table, names["column_names"][0])
            for table in seen.get_table_names()
            if any(column["name"] == "sandbox_key" for column in seen.get_columns(table))
            for names in (*seen.get_indexes(table), *seen.get_unique_constraints(table))
        ]
    assert {first for _, first in found} == {"sandbox_key"}


def test_preparing_again_changes_nothing(database: Database) -> None:
    database.prepare()
    secret = database.secret()
    database.prepare()
    assert database.secret() == secret
    assert len(secret) >= 43


@pytest.mark.rule("S62")
def test_every_installation_has_a_secret_of_its_own(tmp_path: Path) -> None:
    secrets = set()
    for number in range(3):
        database = Database.open(f"sqlite:///{tmp_path / str(number)}")
        database.prepare()
        secrets.add(database.secret())
        database.close()
    assert len(secrets) == 3


def test_a_schema_that_the_program_does_not_know_is_reported_in_one_line(database: Database) -> None:
    database.prepare()
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    with pytest.raises(DatabaseUnusable) as refusal:
        database.prepare()
    assert "0999" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_database_of_something_else_is_left_alone(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE users (name VARCHAR)"))
    with pytest.raises(DatabaseUnusable) as refusal:
        database.prepare()
    assert "users" in str(refusal.value)
    assert "\n" not in str(refusal.value)
    with database.reading() as connection:
        assert inspect(connection).get_table_names() == ["users"]


def _a_file_that_is_no_database(folder: Path) -> str:
    (folder / "letter.txt").write_text("Dear Ada, this is a letter and not a database. " * 40)
    return f"sqlite:///{folder / 'letter.txt'}"


def _a_file_that_is_read_only(folder: Path) -> str:
    prepared = Database.open(f"sqlite:///{folder / 'kept.sqlite3'}")
    prepared.prepare()
    prepared.close()
    return f"sqlite:///file:{folder / 'kept.sqlite3'}?mode=ro&uri=true"


@pytest.mark.parametrize(
    "address_in",
    [
        lambda folder: f"sqlite:///{folder / 'missing' / 'a.sqlite3'}",
        lambda folder: f"sqlite:///{folder}",
        _a_file_that_is_no_database,
        _a_file_that_is_read_only,
        lambda folder: "postgresql://nobody:secret@127.0.0.1:1/nothing",
        lambda folder: "postgresql://nobody:secret@localhost:1/nothing",
        lambda folder: "postgresql://nobody:secret@no-such-host.example.test/nothing",
        lambda folder: f"postgresql://nobody:secret@/nothing?host={folder}",
    ],
    ids=["no folder", "a folder", "no database", "read only", "refused", "localhost refused", "no host", "no socket"],
)
def test_an_unusable_database_is_reported_in_one_line(address_in: Any, tmp_path: Path) -> None:
    database = Database.open(address_in(tmp_path))
    with pytest.raises(DatabaseUnusable) as refusal:
        database.prepare()
    database.close()
    assert str(refusal.value).startswith("the database cannot be used: ")
    assert "\n" not in str(refusal.value)
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nonsense",
        "mysql://localhost/x",
        "sqlite+aiosqlite:///x",
        "http://a:b@c/d",
        "sqlite://",
        "sqlite:///:memory:",
    ],
)
def test_an_address_of_no_known_database_is_reported_in_one_line(address: str) -> None:
    with pytest.raises(DatabaseUnusable) as refusal:
        Database.open(address)
    assert "\n" not in str(refusal.value)
    assert "a:b" not in str(refusal.value)


def test_an_embedded_database_keeps_its_promises_on_every_connection(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'kept.sqlite3'}")
    with database.reading() as one, database.reading() as other:
        for connection in (one, other):
            assert connection.scalar(text("PRAGMA foreign_keys")) == 1
            assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
            assert connection.scalar(text("PRAGMA synchronous")) == 1
    database.close()


def test_a_reading_connection_holds_no_lock(database: Database) -> None:
    database.prepare()
    with database.reading() as reader:
        reader.execute(text("SELECT * FROM installations")).all()
        with database.writing() as writer:
            writer.execute(text("UPDATE installations SET secret = 'other'"))
        assert reader.scalar(text("SELECT secret FROM installations")) == "other"


def test_a_write_that_fails_is_rolled_back(database: Database) -> None:
    database.prepare()
    secret = database.secret()
    with suppress(LookupError), database.writing() as connection:
        connection.execute(text("UPDATE installations SET secret = 'other'"))
        raise LookupError
    assert database.secret() == secret


def test_an_embedded_database_can_be_read_by_anything_that_reads_sqlite(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'kept.sqlite3'}")
    database.prepare()
    database.close()
    with sqlite3.connect(tmp_path / "kept.sqlite3") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_a_thread_that_ends_gives_its_connection_back(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'threads.sqlite3'}")
    database.prepare()

    def read() -> None:
        with database.reading() as connection:
            connection.execute(text("SELECT 1"))

    gc.disable()
    try:
        for _ in range(50):
            thread = Thread(target=read)
            thread.start()
            thread.join()
        assert database.engine.pool.checkedout() <= 1  # type: ignore[attr-defined]
    finally:
        gc.enable()
        database.close()
