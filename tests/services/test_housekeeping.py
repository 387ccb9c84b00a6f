"""What a server does beside its calls: sandboxes whose lifetime is over go, and the log of the file stays short."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from logindrill.adapters.clock import RealClock
from logindrill.services.housekeeping import Housekeeping
from logindrill.work import sqlite_file
from logindrill.work.database import Database
from logindrill.work.runtime import Runtime
from tests.support.people import person
from tests.support.scenes import a_sandbox


def ids(database: Database) -> set[str]:
    with database.reading() as connection:
        return set(connection.scalars(text("SELECT id FROM sandboxes")))


def age(database: Database, sandbox_id: str, ttl: timedelta, unused_for: timedelta) -> None:
    last = RealClock().now() - unused_for
    values = {"id": sandbox_id, "ttl": ttl // timedelta(microseconds=1), "last": int(last.timestamp() * 1_000_000)}
    with database.writing() as connection:
        connection.execute(text("UPDATE sandboxes SET ttl = :ttl, last_used_at = :last WHERE id = :id"), values)


@pytest.mark.both_engines
def test_a_sandbox_whose_lifetime_is_over_is_removed(runtime: Runtime) -> None:
    over, living, lasting = (a_sandbox(runtime, person("Ada Ash")).id for _ in range(3))
    age(runtime.database, over, timedelta(hours=1), timedelta(hours=2))
    age(runtime.database, living, timedelta(hours=3), timedelta(hours=2))
    Housekeeping(runtime.database)()
    assert {living, lasting} <= ids(runtime.database)
    assert over not in ids(runtime.database)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "tidy.sqlite3"


@pytest.fixture
def tidy(file: Path) -> Iterator[Database]:
    """A database whose log nobody copies back but housekeeping."""
    database = Database.open(f"sqlite:///{file}")
    database.prepare()
    with database.reading() as connection:
        connection.execute(text("PRAGMA wal_autocheckpoint=0"))
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    yield database
    database.close()


def fill(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS filler (x)"))
        for _ in range(4):
            connection.execute(text("INSERT INTO filler SELECT zeroblob(1000000)"))


def in_another_thread(work: Callable[[], None]) -> None:
    """As the event loop writes, with a connection of its own."""
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def log_of(file: Path) -> int:
    return file.with_name(f"{file.name}-wal").stat().st_size


def test_a_long_log_is_copied_back_into_the_file(tidy: Database, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = file.stat().st_size
    Housekeeping(tidy)()
    in_another_thread(lambda: fill(tidy))
    monkeypatch.setattr(sqlite_file, "_LONG_LOG", 8_000_000)
    Housekeeping(tidy)()
    assert file.stat().st_size == before, "others have just written"
    in_another_thread(lambda: fill(tidy))
    monkeypatch.setattr(sqlite_file, "_LONG_LOG", 500_000)
    Housekeeping(tidy)()
    assert file.stat().st_size > before + 4_000_000
    assert log_of(file) > 500_000


def test_space_is_given_back_when_nobody_writes(tidy: Database, file: Path) -> None:
    before = file.stat().st_size
    fill(tidy)
    Housekeeping(tidy)()
    Housekeeping(tidy)()
    assert file.stat().st_size > before + 4_000_000
    assert log_of(file) == 0
    with tidy.writing() as connection:
        connection.execute(text("DROP TABLE filler"))
    for _ in range(3):
        Housekeeping(tidy)()
    assert file.stat().st_size < before + 4_000_000
    assert log_of(file) < 500_000


def test_a_file_of_before_that_cannot_shrink_works_as_ever(file: Path) -> None:
    with sqlite3.connect(file) as old:
        old.execute("PRAGMA auto_vacuum=NONE")
        old.execute("CREATE TABLE of_before (x)")
    old.close()
    database = Database.open(f"sqlite:///{file}")
    database.prepare()
    fill(database)
    with database.writing() as connection:
        connection.execute(text("DROP TABLE filler"))
    for _ in range(3):
        Housekeeping(database)()
    assert file.stat().st_size > 4_000_000
    database.close()


def test_a_database_that_is_gone_is_logged_once_and_raises_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "gone.sqlite3"
    database = Database.open(f"sqlite:///{file}")
    database.prepare()
    file.unlink()
    for _ in range(3):
        Housekeeping(database)()
    assert [record.message[:8] for record in caplog.records] == ["storage:"]
    database.close()
