import errno
import json
import os
import resource
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path

import pytest

from logindrill.serving.announcement import FirstPerson, PreparationResult, announce, remove, write_whole
from logindrill.serving.failures import print_error, say_the_rest
from logindrill.settings import Settings

ROSA = FirstPerson("rosa@example.test", "abcd-efgh-jkmn-pqrs")
NEW = PreparationResult(preset="business-chat", first_person=ROSA)
KNOWN = PreparationResult(preset="customer-app", first_person=None)


def test_the_first_line_says_where_it_is_ready(capsys: pytest.CaptureFixture[str]) -> None:
    announce(Settings(), NEW, pid=1)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "logindrill ready on http://localhost:8401"
    assert "http://localhost:8401/console/" in lines[1]
    assert "http://localhost:8401/docs" in lines[2]
    assert "http://localhost:8401/s/default/v1  (business-chat)" in lines[3]
    assert "http://localhost:8401/s/default/oidc  (issuer)" in lines[4]
    assert "rosa@example.test  password abcd-efgh-jkmn-pqrs" in lines[5]
    assert "curl" in lines[6]


def test_a_known_sandbox_shows_no_password(capsys: pytest.CaptureFixture[str]) -> None:
    announce(Settings(), KNOWN, pid=1)
    out = capsys.readouterr().out
    assert "logindrill reset default" in out
    assert '"role": "customer"' in out


def test_json_is_one_object_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    announce(Settings(json_output=True, port=9000), NEW, pid=77)
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    facts = json.loads(out)
    assert facts["url"] == "http://localhost:9000"
    assert facts["base_url"] == "http://localhost:9000/s/default/v1"
    assert facts["issuer"] == "http://localhost:9000/s/default/oidc"
    assert facts["first_person"] == {"identifier": ROSA.identifier, "password": ROSA.password}
    assert facts["pid"] == 77


def test_the_ready_file_holds_the_same_for_its_owner_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ready = tmp_path / "ready"
    announce(Settings(json_output=True, ready_file=ready), NEW, pid=77)
    assert ready.read_text() == capsys.readouterr().out
    assert stat.S_IMODE(ready.stat().st_mode) == 0o600


def test_a_file_is_replaced_whole_and_leaves_no_draft(tmp_path: Path) -> None:
    target = tmp_path / "world.json"
    target.write_text("a much longer text than the new one")
    write_whole(target, "new")
    assert [path.name for path in tmp_path.iterdir()] == ["world.json"]
    assert target.read_text() == "new"


@pytest.mark.parametrize("prepared", [NEW, KNOWN])
def test_what_was_prepared_survives_the_way_between_processes(prepared: PreparationResult) -> None:
    assert PreparationResult.from_json(prepared.to_json()) == prepared


def test_what_is_no_file_is_written_to_and_stays(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as threads:
        read = threads.submit(pipe.read_text)
        write_whole(pipe, "ready")
        assert read.result() == "ready"
    remove(pipe)
    assert pipe.is_fifo()


@pytest.fixture
def no_room() -> Iterator[None]:
    """No file can grow, as on a full disk."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_full_disk_keeps_nobody_from_the_announcement_on_the_terminal(
    tmp_path: Path, no_room: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = StringIO()
    monkeypatch.setattr("sys.stdout", terminal)
    errors = announce(Settings(ready_file=tmp_path / "ready"), NEW, pid=1)
    assert [error.errno for error in errors] == [errno.EFBIG]
    assert "ready on" in terminal.getvalue()
    assert list(tmp_path.iterdir()) == []


def test_an_error_that_cannot_be_logged_is_logged_once_when_it_can(
    tmp_path: Path, no_room: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (tmp_path / "log").open("w", buffering=1) as log:
        monkeypatch.setattr("sys.stderr", log)
        print_error("the disk is full")
        say_the_rest()
        resource.setrlimit(resource.RLIMIT_FSIZE, resource.getrlimit(resource.RLIMIT_FSIZE)[1:] * 2)
        say_the_rest()
        say_the_rest()
    assert (tmp_path / "log").read_text() == "logindrill: the disk is full\n"
