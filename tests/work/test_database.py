import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import IntegrityError

from logindrill.models import Base
from logindrill.rules.decisions import Refused
from logindrill.services.sign_in import Admission
from logindrill.settings import Settings
from logindrill.work.database import SCHEMA, Database, known_schemas, migrations_folder
from logindrill.work.engines import DatabaseUnusable
from logindrill.work.runtime import Runtime
from logindrill.world.document import EmailPart
from tests.support.people import password_of, person
from tests.support.processes import PATIENCE
from tests.support.scenes import a_sandbox

REBUILD_USERS = f"""
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{SCHEMA}"

def upgrade() -> None:
    with op.batch_alter_table("users") as users:
        users.alter_column("name", existing_type=sa.String(), nullable=True)
"""
LOSE_USERS = f"""
from alembic import op

revision = "9999"
down_revision = "{SCHEMA}"

def upgrade() -> None:
    op.execute("DELETE FROM users")
"""
BREAK_HALFWAY = f"""
from alembic import op

revision = "9999"
down_revision = "{SCHEMA}"

def upgrade() -> None:
    op.execute("CREATE TABLE half (key INTEGER)")
    op.execute("SELECT nothing FROM nowhere")
"""

AT_ONCE = """
import multiprocessing, sys
from pathlib import Path
from logindrill.work.database import Database

def work(start):
    start.wait()
    {work}

fork = multiprocessing.get_context("fork")
start = fork.Barrier(6)
processes = [fork.Process(target=work, args=(start,)) for _ in range(6)]
for process in processes:
    process.start()
for process in processes:
    process.join()
"""


@pytest.fixture
def database(empty_database_url: str) -> Iterator[Database]:
    opened = Database.open(empty_database_url)
    yield opened
    opened.close()


def with_next_migration(folder: Path, source: str) -> Path:
    """The shipped migrations and one more."""
    copied = shutil.copytree(migrations_folder(), folder / "migrations")
    (copied / "versions" / "9999_next.py").write_text(source)
    return copied


def structure(database: Database) -> dict[str, Any]:
    """Everything the engine tells of the tables: columns, keys, constraints and indexes with their names."""
    with database.reading() as connection:
        seen = inspect(connection)
        return {
            table: {
                "columns": [
                    (column["name"], str(column["type"]), column["nullable"], column["default"])
                    for column in seen.get_columns(table)
                ],
                "primary key": seen.get_pk_constraint(table),
                "unique": sorted(seen.get_unique_constraints(table), key=lambda found: str(found["name"])),
                "foreign keys": sorted(seen.get_foreign_keys(table), key=lambda found: str(found["name"])),
                "indexes": sorted(seen.get_indexes(table), key=lambda found: str(found["name"])),
            }
            for table in sorted(seen.get_table_names())
        }


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


def rows_of_each_table(database: Database) -> dict[str, int]:
    with database.reading() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def test_an_upgrade_that_rebuilds_a_table_keeps_the_rows_that_refer_to_it(database: Database, tmp_path: Path) -> None:
    database.prepare()
    runtime = Runtime.start(Settings(), database)
    scene = a_sandbox(runtime, person("Ada Ash", "owner"), person("Ben Birch", status="invited"))
    scene.signed_in("Ada Ash")
    before = rows_of_each_table(database)
    database.upgrade(with_next_migration(tmp_path, REBUILD_USERS))
    assert database.schema() == "9999"
    assert rows_of_each_table(database) == before
    assert isinstance(scene.try_to_sign_in("ada@example.test", "Secret of ada"), Admission)


def test_an_address_of_before_with_its_domain_in_punycode_is_found_by_its_letters(database: Database) -> None:
    database.prepare()
    runtime = Runtime.start(Settings(), database)
    scene = a_sandbox(
        runtime, person("Mia Moss", emails=[EmailPart(address="mia@m\u00fcller.test")]), person("Ada Ash")
    )
    with database.writing() as connection:
        of_before = {"old": "mia@xn--mller-kva.test", "new": "mia@m\u00fcller.test"}
        connection.execute(text("UPDATE email_addresses SET canonical = :old WHERE canonical = :new"), of_before)
        connection.execute(text("UPDATE alembic_version SET version_num = '0006'"))
    assert isinstance(scene.try_to_sign_in("mia@m\u00fcller.test", password_of("Mia")), Refused)
    database.upgrade(migrations_folder())
    assert isinstance(scene.try_to_sign_in("mia@m\u00fcller.test", password_of("Mia")), Admission)
    assert isinstance(scene.try_to_sign_in("ada@example.test", password_of("Ada")), Admission)


def test_foreign_keys_hold_again_after_an_upgrade(database: Database, tmp_path: Path) -> None:
    database.prepare()
    database.upgrade(with_next_migration(tmp_path, REBUILD_USERS))
    with pytest.raises(IntegrityError), database.writing() as connection:
        connection.execute(text("INSERT INTO companies (sandbox_key, id, name) VALUES (4711, 'co_x', 'Nowhere')"))


def test_an_upgrade_that_would_leave_rows_without_what_they_refer_to_is_undone(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'kept.sqlite3'}")
    database.prepare()
    scene = a_sandbox(Runtime.start(Settings(), database), person("Ada Ash", "owner"))
    with pytest.raises(DatabaseUnusable, match="would refer to nothing in users"):
        database.upgrade(with_next_migration(tmp_path, LOSE_USERS))
    assert database.schema() == SCHEMA
    assert isinstance(scene.try_to_sign_in("ada@example.test", "Secret of ada"), Admission)
    database.close()


def test_an_upgrade_that_breaks_halfway_leaves_everything_as_it_was(database: Database, tmp_path: Path) -> None:
    database.prepare()
    before = structure(database)
    with pytest.raises(Exception, match="nowhere"):
        database.upgrade(with_next_migration(tmp_path, BREAK_HALFWAY))
    assert database.schema() == SCHEMA
    assert structure(database) == before


def test_a_schema_that_the_program_does_not_know_is_told_in_one_line(database: Database) -> None:
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
    "place",
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
def test_a_database_that_cannot_be_used_is_told_in_one_line(place: Any, tmp_path: Path) -> None:
    database = Database.open(place(tmp_path))
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
def test_an_address_of_no_known_database_is_told_in_one_line(address: str) -> None:
    with pytest.raises(DatabaseUnusable) as refusal:
        Database.open(address)
    assert "\n" not in str(refusal.value)
    assert "a:b" not in str(refusal.value)


def at_once(work: str, *arguments: object) -> str:
    """What six processes complain of that do the same work at the same moment."""
    command = [sys.executable, "-c", AT_ONCE.format(work=work), *map(str, arguments)]
    return subprocess.run(command, stderr=subprocess.PIPE, text=True, timeout=PATIENCE, check=False).stderr


def test_processes_that_prepare_one_new_database_at_once_all_succeed(
    database: Database, empty_database_url: str
) -> None:
    assert at_once("Database.open(sys.argv[1]).prepare()", empty_database_url) == ""
    assert database.secret()


@pytest.mark.slow
def test_processes_that_upgrade_one_database_at_once_all_succeed(
    database: Database, empty_database_url: str, tmp_path: Path
) -> None:
    database.prepare()
    folder = with_next_migration(tmp_path, REBUILD_USERS)
    assert at_once("Database.open(sys.argv[1]).upgrade(Path(sys.argv[2]))", empty_database_url, folder) == ""
    assert database.schema() == "9999"


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
