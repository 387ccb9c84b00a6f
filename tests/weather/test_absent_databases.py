"""A PostgreSQL database that is away when a worker dies: the server stays, and is whole again by itself."""

import os
import signal
from contextlib import suppress
from pathlib import Path

import httpx
import psycopg
import pytest
from sqlalchemy import make_url

from tests.support.processes import PATIENCE, RunningServer, running, wait_until

pytestmark = pytest.mark.slow


def rename(address: str, old: str, new: str) -> None:
    elsewhere = make_url(address).set(database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(elsewhere, autocommit=True) as connection:
        connection.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{old}'".encode())
        connection.execute(f'ALTER DATABASE "{old}" RENAME TO "{new}"'.encode())


def status(server: RunningServer, path: str) -> int:
    return httpx.get(f"{server.url}{path}", timeout=PATIENCE).status_code


def sign_in(server: RunningServer) -> int:
    person = server.facts["first_person"]
    return httpx.post(f"{server.url}/v1/sign-ins", json=person, timeout=PATIENCE).status_code


def serves(worker: int) -> bool:
    """Whether the process has got as far as its event loop: the first worker announces the server for all."""
    for file in Path(f"/proc/{worker}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile
            if file.readlink() == Path("anon_inode:[eventpoll]"):
                return True
    return False


def test_a_worker_that_finds_no_database_tries_again(postgresql_url: str, tmp_path: Path) -> None:
    name = str(make_url(postgresql_url).database)
    with running("--database-url", postgresql_url, "--workers", "2", cwd=tmp_path) as server:
        assert sign_in(server) == 201
        wait_until(lambda: all(map(serves, server.workers)))
        dead = min(server.workers)
        rename(postgresql_url, name, f"{name}_away")
        try:
            os.kill(dead, signal.SIGKILL)
            wait_until(lambda: "a worker cannot start" in server.errors)
            assert server.process.poll() is None
            assert status(server, "/livez") == 200
            assert sign_in(server) == 503
        finally:
            rename(postgresql_url, f"{name}_away", name)
        wait_until(lambda: all(sign_in(server) == 201 for _ in range(10)))
        assert len(server.workers) == 2


def test_a_worker_that_waits_for_its_database_ends_with_a_killed_supervisor(
    postgresql_url: str, tmp_path: Path
) -> None:
    name = str(make_url(postgresql_url).database)
    with running("--database-url", postgresql_url, "--workers", "2", cwd=tmp_path) as server:
        wait_until(lambda: all(map(serves, server.workers)))
        rename(postgresql_url, name, f"{name}_away")
        try:
            os.kill(min(server.workers), signal.SIGKILL)
            wait_until(lambda: "a worker cannot start" in server.errors)
            workers = server.workers
            server.process.kill()
            server.process.wait(PATIENCE)
            wait_until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))
        finally:
            rename(postgresql_url, f"{name}_away", name)
