"""Upgrades of a database: what they keep, how they are undone, and processes that prepare or upgrade one at once."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from logindrill.models import Base
from logindrill.rules.decisions import Refused
from logindrill.services.sign_in import Admission
from logindrill.settings import Settings
from logindrill.work.database import SCHEMA, Database, migrations_folder
from logindrill.work.engines import DatabaseUnusable
from logindrill.work.runtime import Runtime
from logindrill.world.document import EmailPart
from tests.support.people import password_of, person
from tests.support.processes import PATIENCE
from tests.support.scenes import a_sandbox
from tests.work.tables import structure

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
OF_APPLICATIONS = (
    "access_tokens",
    "applications",
    "authorization_codes",
    "authorizations",
    "interactions",
    "refresh_tokens",
    "signing_keys",
)
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


def with_next_migration(folder: Path, source: str) -> Path:
    """The shipped migrations and one more."""
    copied = shutil.copytree(migrations_folder(), folder / "migrations")
    (copied / "versions" / "9999_next.py").write_text(source)
    return copied


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
    assert isinstance(scene.try_to_sign_in("mia@m\u00fcller.test", password_of("Mia")), Refused)
    with database.writing() as connection:
        for later in (
            "links DROP COLUMN opened_at",
            "sandboxes DROP COLUMN hidden",
            "snapshots DROP COLUMN key_runs",
            "installations DROP COLUMN signing_keys",
            "pending_sign_ins DROP COLUMN methods",
            "sessions DROP COLUMN methods",
            "sessions DROP COLUMN really_started_at",
            "attempts DROP COLUMN application_id",
        ):
            connection.execute(text(f"ALTER TABLE {later}"))
        connection.execute(text("DROP INDEX ix_attempts_sandbox_key_interaction_id"))
        connection.execute(text("ALTER TABLE attempts DROP COLUMN interaction_id"))
        for table in OF_APPLICATIONS:
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("DROP TABLE snapshot_pieces"))
        connection.execute(text("DROP INDEX ix_links_sandbox_key_user_id_purpose_key"))
        connection.execute(text("CREATE INDEX ix_links_sandbox_key_user_id_purpose ON links (sandbox_key, user_id)"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0006'"))
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
