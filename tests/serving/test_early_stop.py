"""A server that is asked to stop while it starts ends with one line and leaves nothing behind, whenever that is."""

import re
import signal
import subprocess
import time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.support.processes import COMMAND, PATIENCE, clean_environment, wait_until

SIGNALS = (signal.SIGTERM, signal.SIGINT)
STEPS = 10
"""How many moments of a start are tried for each signal."""
STEPS_BETWEEN_STARTS = 3
"""After so many, the database that the last stop left is used."""
SAID = re.compile(r"logindrill: stopped by SIG(TERM|INT) before it was ready\n")


def start(folder: Path, database: str, workers: int) -> subprocess.Popen[bytes]:
    options = ["serve", "--port", "0", "--workers", str(workers), "--ready-file", str(folder / "ready")]
    with (folder / "output").open("wb") as output, (folder / "errors").open("wb") as errors:
        return subprocess.Popen(
            [COMMAND, *options, "--database-url", database],
            env=clean_environment() | {"TMPDIR": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            start_new_session=True,
        )


def handles_signals(pid: int) -> bool:
    """Whether our code runs: it is the first to handle SIGTERM."""
    caught = re.search(r"SigCgt:\s*(\w+)", Path(f"/proc/{pid}/status").read_text())
    return caught is not None and bool(int(caught[1], 16) >> (signal.SIGTERM - 1) & 1)


def processes_of(session: int) -> list[int]:
    """The processes of a session that are still alive."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, of_session = stat.read_text().rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(of_session) == session and state != "Z":
            found.append(int(stat.parent.name))
    return found


def children_of(pid: int) -> list[int]:
    """The processes that a process has started and that still live."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def wait_until_gone(pids: list[int]) -> None:
    """Return when none of the processes lives."""
    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids))


def seconds_to_start(folder: Path, database: str, workers: int) -> float:
    """How long a start takes from the first moment of our code, which also makes the database."""
    process = start(folder, database, workers)
    wait_until(lambda: handles_signals(process.pid))
    begun = time.monotonic()
    wait_until((folder / "ready").exists)
    taken = time.monotonic() - begun
    process.terminate()
    assert process.wait(PATIENCE) == 0
    return taken


def empty(database: str) -> None:
    """Take everything out of a database, so that the next start makes it anew."""
    engine = create_engine(database)
    if engine.dialect.name == "sqlite":
        for file in Path(str(engine.url.database)).parent.glob("test.sqlite3*"):
            file.unlink()
    else:
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()


def stop_at(seconds: float, number: signal.Signals, folder: Path, database: str, workers: int) -> bool:
    """Stop a start after this time; whether the signal came before the server was ready."""
    process = start(folder, database, workers)
    wait_until(lambda: handles_signals(process.pid))
    time.sleep(seconds)
    process.send_signal(number)
    code = process.wait(PATIENCE)
    errors = (folder / "errors").read_text()
    is_early = (folder / "output").read_text() == ""
    as_wanted = SAID.fullmatch(errors) is not None if is_early else errors == ""
    assert (code, as_wanted) == (128 + number if is_early else 0, True), (seconds, number, errors)
    wait_until(lambda: processes_of(process.pid) == [])
    assert [file.name for file in folder.iterdir() if "ready" in file.name] == []
    return is_early


@pytest.mark.wide
@pytest.mark.parametrize("workers", [1, 2])
def test_a_start_is_stopped_at_any_moment(empty_database_url: str, workers: int, tmp_path: Path) -> None:
    whole = seconds_to_start(tmp_path, empty_database_url, workers)
    early = 0
    for step in range(STEPS):
        for number in SIGNALS:
            empty(empty_database_url)
            early += stop_at(whole * step / STEPS, number, tmp_path, empty_database_url, workers)
        if step % STEPS_BETWEEN_STARTS == 0:
            seconds_to_start(tmp_path, empty_database_url, workers)
    assert early >= STEPS, "most signals come before the server is ready"


@pytest.mark.slow
@pytest.mark.parametrize("number", SIGNALS)
def test_a_command_whose_server_is_starting_ends_with_it(number: signal.Signals, tmp_path: Path) -> None:
    for seconds in (0.0, 0.3, 0.6, 1.0, 1.5):
        command = [str(COMMAND), "exec", "sleep", "600"]
        with subprocess.Popen(command, env=clean_environment() | {"TMPDIR": str(tmp_path)}) as process:
            wait_until(lambda: handles_signals(process.pid))
            time.sleep(seconds)
            servers = children_of(process.pid)
            process.send_signal(number)
            assert process.wait(PATIENCE) == 128 + number
        wait_until_gone(servers)
        assert list(tmp_path.glob("logindrill-*")) == []
