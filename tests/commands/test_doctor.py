import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from logindrill.commands import doctor
from logindrill.settings import Settings
from tests.support.processes import run, running


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def test_a_sound_set_up_is_all_ok(empty_database_url: str, tmp_path: Path) -> None:
    run("db", "upgrade", "--database-url", empty_database_url, cwd=tmp_path)
    done = run("doctor", "--port", free_port(), "--database-url", empty_database_url, cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    lines = done.stdout.splitlines()
    assert all(line.startswith("ok ") or " hashing " in line for line in lines)  # which a busy machine makes slow
    for subject in ("python", "folder", "database", "port", "localhost", "hashing", "clock", "psycopg", "byte code"):
        assert f" {subject} " in done.stdout


def test_a_slow_machine_is_warned_of_and_fails_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_SLOWEST_HASH_MS", {"fast": -1, "owasp": -1})
    slow = [finding for finding in doctor.examine(Settings()) if finding.subject == "hashing"]
    assert [finding.fails for finding in slow] == [False, False]
    assert all(finding.line.startswith("warn   hashing ") and "slow or busy" in finding.line for finding in slow)


@pytest.mark.slow
def test_missing_byte_code_is_warned_of_with_the_command_that_makes_it(tmp_path: Path) -> None:
    code = "import sys; sys.argv[0] = 'logindrill'; from logindrill.cli import main; main()"
    bare = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": str(tmp_path)}
    command = [sys.executable, "-c", code, "doctor", "--port", free_port()]
    done = subprocess.run(command, env=os.environ | bare, cwd=tmp_path, capture_output=True, text=True, check=True)
    [line] = [line for line in done.stdout.splitlines() if " byte code " in line]
    assert line.startswith("warn ")
    assert ": run python -m compileall -q " in line


@pytest.mark.slow
def test_an_empty_folder_is_fine(tmp_path: Path) -> None:
    done = run("doctor", "--port", free_port(), cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "`logindrill serve` creates it" in done.stdout


def test_a_taken_port_is_wrong_and_says_what_to_do(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run("doctor", "--port", str(taken.getsockname()[1]), cwd=tmp_path)
    assert done.returncode == 1
    assert [line for line in done.stdout.splitlines() if line.startswith("WRONG  port") and "--port" in line]


@pytest.mark.slow
def test_the_port_of_a_server_of_ones_own_is_fine(tmp_path: Path) -> None:
    with running("--ephemeral") as server:
        port = server.url.rpartition(":")[2]
        done = run("doctor", "--port", port, cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert f"ok     port         {port}: Login Drill serves there already" in done.stdout


@pytest.mark.slow
def test_an_unreachable_database_is_wrong(tmp_path: Path) -> None:
    done = run("doctor", "--port", free_port(), "--database-url", "postgresql://x@127.0.0.1:1/x", cwd=tmp_path)
    assert done.returncode == 1
    assert "WRONG  database" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_production_environment_is_wrong(tmp_path: Path) -> None:
    done = run("doctor", "--port", free_port(), environ={"NODE_ENV": "production"}, cwd=tmp_path)
    assert "WRONG  environment" in done.stdout
