"""A database that somebody else holds locked: its calls get 503 in time, all others go on, nothing needs a restart.

The kinds: a SQLite file locked by another process, the row of one sandbox locked in PostgreSQL, a table locked there.
"""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from tests.support.processes import PATIENCE, RunningServer, changed_command, running

pytestmark = pytest.mark.slow

SOON = '__import__("datetime").timedelta(seconds=1)'
AT_ONCE = 24


def sign_in(server: RunningServer, sandbox: str = "default") -> httpx.Response:
    person = server.facts["first_person"]
    return httpx.post(f"{server.url}/s/{sandbox}/v1/sign-ins", json=person, timeout=PATIENCE)


def assert_refused_in_time(answer: httpx.Response) -> None:
    assert (answer.status_code, answer.json()["code"]) == (503, "storage_unavailable")
    assert int(answer.headers["Retry-After"]) >= 1


def assert_goes_on(server: RunningServer) -> None:
    """What needs no lock is answered while others wait for theirs."""
    assert httpx.get(f"{server.url}/livez", timeout=PATIENCE).status_code == 200
    assert httpx.get(f"{server.url}/v1/configuration", timeout=PATIENCE).status_code == 200
    assert httpx.get(f"{server.url}/control/v1/sandboxes/default", timeout=PATIENCE).status_code == 200


@pytest.fixture(scope="module")
def on_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    folder = tmp_path_factory.mktemp("locked-file")
    changed = changed_command(folder, f"work.sqlite_file.PATIENCE = {SOON}")
    with running("--database-url", "sqlite:///locked.sqlite3", cwd=folder, command=changed) as started:
        yield started


def database_of(server: RunningServer) -> Path:
    """The file beside which the server was started."""
    return Path(f"/proc/{server.process.pid}/cwd/locked.sqlite3").resolve()


def test_a_file_locked_by_another_process_stops_only_writers(on_file: RunningServer) -> None:
    assert sign_in(on_file).status_code == 201
    with (
        closing(sqlite3.connect(database_of(on_file), isolation_level=None)) as other,
        ThreadPoolExecutor(AT_ONCE) as threads,
    ):
        other.execute("BEGIN IMMEDIATE")
        asked = [threads.submit(sign_in, on_file) for _ in range(AT_ONCE)]
        while not all(call.done() for call in asked):
            assert_goes_on(on_file)
        for call in asked:
            assert_refused_in_time(call.result())
        other.execute("ROLLBACK")
    assert sign_in(on_file).status_code == 201
    assert on_file.errors.count("storage: another process holds the database locked") >= 1


@pytest.fixture(scope="module")
def on_server(postgresql_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    folder = tmp_path_factory.mktemp("locked-server")
    changed = changed_command(folder, f"work.postgresql_server.PATIENCE = {SOON}")
    with running("--database-url", postgresql_url, cwd=folder, command=changed) as started:
        copied = httpx.post(
            f"{started.url}/control/v1/sandboxes/default/forks", json={"id": "next-door"}, timeout=PATIENCE
        )
        assert copied.status_code == 201
        yield started


@pytest.mark.parametrize(
    "lock", ["SELECT key FROM sandboxes WHERE id = 'default' FOR UPDATE", "LOCK TABLE sessions IN EXCLUSIVE MODE"]
)
def test_a_lock_of_another_client_stops_only_whom_it_concerns(
    on_server: RunningServer, postgresql_url: str, lock: str
) -> None:
    assert sign_in(on_server).status_code == 201
    with psycopg.connect(postgresql_url) as other, ThreadPoolExecutor(AT_ONCE) as threads:
        other.execute(lock.encode())
        asked = [threads.submit(sign_in, on_server) for _ in range(AT_ONCE)]
        while not all(call.done() for call in asked):
            assert_goes_on(on_server)
            if "sandboxes" in lock:
                assert sign_in(on_server, "next-door").status_code == 201
        for call in asked:
            assert_refused_in_time(call.result())
        other.rollback()
    assert sign_in(on_server).status_code == 201


def ends_every_session(address: str) -> None:
    with psycopg.connect(address, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid()"
        )


def answers(call: Any, *expected: int) -> int:
    answer = call()
    assert answer.status_code in expected, answer.text
    return int(answer.status_code)


def test_ended_sessions_are_opened_anew(on_server: RunningServer, postgresql_url: str) -> None:
    assert sign_in(on_server).status_code == 201
    ends_every_session(postgresql_url)
    seen = [answers(partial(sign_in, on_server), 201, 503) for _ in range(3)]
    assert seen[-1] == 201


def test_a_read_only_server_is_reported_and_recovers(on_server: RunningServer, postgresql_url: str) -> None:
    name = postgresql_url.partition("?")[0].rpartition("/")[2]
    with psycopg.connect(postgresql_url, autocommit=True) as other:
        other.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'.encode())
    try:
        ends_every_session(postgresql_url)
        answers(partial(sign_in, on_server), 503)
        assert_refused_in_time(sign_in(on_server))
        assert "the database is read-only" in on_server.errors
    finally:
        with psycopg.connect(postgresql_url, autocommit=True) as other:
            other.execute("SET default_transaction_read_only = off")
            other.execute(f'ALTER DATABASE "{name}" RESET default_transaction_read_only'.encode())
    assert [answers(partial(sign_in, on_server), 201, 503) for _ in range(2)][-1] == 201
