"""Starts that are refused: one line that says what to do, and nothing left behind."""

import socket
import sqlite3
from pathlib import Path

import pytest

from tests.support.processes import run, running
from tests.support.sets import thinned


def refusal(cwd: Path, *options: str, environ: dict[str, str] | None = None) -> str:
    """What a server that cannot start says: one line, exit code 4, nothing on standard output."""
    done = run("serve", "--port", "0", *options, environ=environ, cwd=cwd)
    assert done.returncode == 4, done.stderr
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    assert done.stderr.startswith("logindrill: ")
    return done.stderr


@pytest.mark.slow
def test_another_preset_than_the_sandbox_was_made_with_is_reported(database_url: str, tmp_path: Path) -> None:
    with running("--database-url", database_url, cwd=tmp_path):
        pass
    message = refusal(tmp_path, "--preset", "customer-app", "--database-url", database_url)
    assert "preset" in message


def test_a_taken_port_is_reported(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"port {port} of localhost is taken" in refusal(tmp_path, "--port", str(port))
    assert not (tmp_path / "instance").exists()


@pytest.mark.slow
def test_a_signing_key_that_cannot_sign_is_reported(tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_text("no key")
    assert "no private key" in refusal(tmp_path, "--signing-key", "key.pem")
    assert "cannot be read" in refusal(tmp_path, "--signing-key", "none.pem")
    assert not (tmp_path / "instance").exists()


@pytest.mark.slow
def test_a_folder_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    (tmp_path / "instance").touch()
    assert "cannot be made" in refusal(tmp_path, "--port", "0")


def test_an_unreachable_database_is_reported(tmp_path: Path) -> None:
    message = refusal(tmp_path, "--port", "0", "--database-url", "postgresql://nobody@127.0.0.1:1/none")
    assert "database" in message


@pytest.mark.slow
@pytest.mark.parametrize("url", ["mysql://localhost/x", "nonsense", "sqlite:////proc/no/such.sqlite3"])
def test_an_unusable_database_address_is_reported(url: str, tmp_path: Path) -> None:
    refusal(tmp_path, "--port", "0", "--database-url", url)


@pytest.mark.slow
def test_a_schema_newer_than_the_program_is_reported(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "newer.sqlite3") as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("INSERT INTO alembic_version VALUES ('9999')")
    connection.close()
    assert "newer" in refusal(tmp_path, "--port", "0", "--database-url", f"sqlite:///{tmp_path}/newer.sqlite3")


@pytest.mark.slow
def test_a_file_that_is_no_database_is_reported(tmp_path: Path) -> None:
    (tmp_path / "text.sqlite3").write_text("this is not a database at all, " * 100)
    refusal(tmp_path, "--port", "0", "--database-url", f"sqlite:///{tmp_path}/text.sqlite3")


def test_an_open_bind_without_protection_is_reported(tmp_path: Path) -> None:
    assert "--control-key" in refusal(tmp_path, "--port", "0", "--host", "0.0.0.0")


@pytest.mark.parametrize("text", thinned(["{", "[]", '{"people": [{"id": "x"}]}'], 3))
def test_an_impossible_world_is_reported(text: str, tmp_path: Path) -> None:
    (tmp_path / "world.json").write_text(text)
    refusal(tmp_path, "--port", "0", "--ephemeral", "--world", "world.json")


@pytest.mark.parametrize("option", thinned(["--ready-file", "--export-on-exit"], 2))
def test_a_file_that_could_not_be_written_is_reported_at_once(option: str, tmp_path: Path) -> None:
    assert "absent/file cannot be written" in refusal(tmp_path, "--port", "0", option, "absent/file")


@pytest.mark.slow
def test_nothing_temporary_stays_behind_a_server_that_could_not_start(tmp_path: Path, temporary: Path) -> None:
    (tmp_path / "world.json").write_text("{")
    refusal(tmp_path, "--port", "0", "--ephemeral", "--world", "world.json")
    assert list(temporary.iterdir()) == []
