"""A SQLite file that vanishes, is replaced or damaged under the server: 503 and one line, and recovery by itself.

The kinds: gone, back again, another one in its place, overwritten, a disk that is full.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from sqlalchemy.exc import OperationalError

from logindrill.work.trouble import diagnose
from tests.support.processes import PATIENCE, RunningServer, running


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[RunningServer, Path]]:
    file = tmp_path / "lost.sqlite3"
    with running("--database-url", f"sqlite:///{file}", cwd=tmp_path) as started:
        yield started, file


def sign_in(server: RunningServer) -> int:
    answer = httpx.post(f"{server.url}/v1/sign-ins", json=server.facts["first_person"], timeout=PATIENCE)
    if answer.status_code == 503:
        assert answer.json()["code"] == "storage_unavailable"
        assert int(answer.headers["Retry-After"]) >= 1
    return answer.status_code


def consistent_copy(file: Path) -> Path:
    copy = file.with_suffix(".copy")
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def sessions_in(file: Path) -> int:
    with closing(sqlite3.connect(file)) as opened:
        return int(opened.execute("SELECT count(*) FROM sessions").fetchone()[0])


def test_nothing_is_acknowledged_into_a_file_that_is_gone(served: tuple[RunningServer, Path]) -> None:
    server, file = served
    assert sign_in(server) == 201
    copy = consistent_copy(file)
    for part in file.parent.glob("lost.sqlite3*"):
        part.rename(part.with_name(f"hidden-{part.name}"))
    assert [sign_in(server), sign_in(server)] == [503, 503]
    assert not file.exists()
    assert httpx.get(f"{server.url}/livez").status_code == 200
    assert httpx.get(f"{server.url}/readyz").status_code == 503
    assert "storage: the database file cannot be opened" in server.errors
    shutil.move(copy, file)
    assert [sign_in(server), sign_in(server)][-1] == 201
    assert sessions_in(file) >= 2


def test_a_file_that_is_replaced_is_opened_anew(served: tuple[RunningServer, Path]) -> None:
    server, file = served
    assert sign_in(server) == 201
    copy = consistent_copy(file)
    for part in file.parent.glob("lost.sqlite3-*"):
        part.unlink()
    copy.replace(file)
    assert [sign_in(server), sign_in(server)][-1] == 201
    assert sessions_in(file) >= 2


def test_a_damaged_file_is_reported_and_a_restored_one_is_used(served: tuple[RunningServer, Path]) -> None:
    server, file = served
    assert sign_in(server) == 201
    copy = consistent_copy(file)
    for part in file.parent.glob("lost.sqlite3-*"):
        part.unlink()
    (damaged := file.with_suffix(".damaged")).write_bytes(b"this was a database once " * 4000)
    damaged.replace(file)
    assert [sign_in(server), sign_in(server)] == [503, 503]
    assert "storage: the database file is damaged" in server.errors
    copy.replace(file)
    assert [sign_in(server), sign_in(server)][-1] == 201


def error_of(file: Path, *statements: str, mode: str = "rwc") -> OperationalError:
    with closing(sqlite3.connect(f"file:{file}?mode={mode}", uri=True, isolation_level=None)) as opened:
        for statement in statements:
            try:
                opened.execute(statement)
            except sqlite3.Error as error:
                return OperationalError(None, None, error)
    raise AssertionError("no statement failed")


def test_errors_of_sqlite_say_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "kinds.sqlite3"
    filling = "INSERT INTO t SELECT zeroblob(100000)"
    full = error_of(file, "CREATE TABLE t (x)", "PRAGMA max_page_count=3", filling)
    advice = {
        "full": full,
        "rights": error_of(file, filling, mode="ro"),
        "upgrade": error_of(file, "SELECT x FROM absent"),
    }
    for word, error in advice.items():
        trouble = diagnose(error)
        assert trouble is not None, error
        assert word in trouble.advice
    assert diagnose(error_of(file, "SELECT nothing")) is None


def test_a_connection_that_still_reads_is_kept(tmp_path: Path) -> None:
    filling = "INSERT INTO t SELECT zeroblob(100000)"
    full = error_of(tmp_path / "full.sqlite3", "CREATE TABLE t (x)", "PRAGMA max_page_count=3", filling)
    failing = [full]
    for code in (sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_READ):
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = code
        failing.append(OperationalError(None, None, error))
    kept = [trouble is not None and not trouble.connection_is_broken for trouble in map(diagnose, failing)]
    assert kept == [True, True, True, False]
