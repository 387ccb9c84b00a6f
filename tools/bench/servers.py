"""Starts the servers that are measured, each pinned to its cores, and stops them again."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.bench.cores import staying_on
from tools.bench.processor import descendants

ROOT = Path(__file__).parents[2]
_SECONDS_TO_STOP = 20


class ServerFailed(Exception):
    """A server did not start; the message repeats what it said."""


@dataclass(frozen=True, slots=True)
class Running:
    """A server that is ready."""

    process: subprocess.Popen[str]
    facts: dict[str, Any]

    @property
    def url(self) -> str:
        """Its address by number, so that no name is looked up, without a trailing slash."""
        return str(self.facts["url"]).replace("//localhost", "//127.0.0.1")

    @property
    def pids(self) -> list[int]:
        """The supervisor and its workers."""
        return [self.process.pid, *descendants(self.process.pid)]


def ours(*options: str, cost: str = "fast", workers: int = 1) -> list[str]:
    """The command line of our server; without a database among the options it is an ephemeral one."""
    database = [] if "--database-url" in options else ["--ephemeral"]
    given = ["--password-cost", cost, "--workers", str(workers), *database, *options]
    return [sys.executable, "-m", "logindrill", "serve", "--port", "0", "--json", *given]


def reference(kind: str, *, cost: str = "fast", workers: int = 1) -> list[str]:
    """The command line of one of the servers that ours is compared with."""
    return [sys.executable, "-m", "tools.bench.reference", kind, "--password-cost", cost, "--workers", str(workers)]


@contextmanager
def started(command: Sequence[str], cores: Sequence[int]) -> Iterator[Running]:
    """A server on these cores, ready for calls; stopped at the end. Raises ServerFailed."""
    with tempfile.TemporaryFile("w+") as errors:
        with staying_on(*cores):
            process = subprocess.Popen(
                command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=errors, text=True
            )
        try:
            yield Running(process, _first_words(process, errors))
        finally:
            stop(process)


def environment() -> dict[str, str]:
    """The environment as a user has it: nothing that changes the server, byte code kept between starts."""
    foreign = ("LOGINDRILL_", "FLASK_", "PYTHONDONTWRITEBYTECODE")
    return {name: value for name, value in os.environ.items() if not name.startswith(foreign)}


def _first_words(process: subprocess.Popen[str], errors: Any) -> dict[str, Any]:
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        process.wait(_SECONDS_TO_STOP)
        errors.seek(0)
        raise ServerFailed(f"{process.args!r} did not start: {errors.read().strip()}")
    facts: dict[str, Any] = json.loads(line)
    return facts


def stop(process: subprocess.Popen[str]) -> None:
    """Ask a server to stop, and end it where it does not."""
    process.terminate()
    try:
        process.wait(_SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()
