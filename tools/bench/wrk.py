"""Sends load to a server with `wrk`, from a core that the server does not use."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import chain
from pathlib import Path

from tools.bench.cores import staying_on
from tools.bench.processor import spent_by

_SCRIPT = Path(__file__).with_name("load.lua")
_PATIENCE = 10
"""Seconds an answer may take before it counts as lost."""


class WrkMissing(Exception):
    """The load generator is not installed; the message is one line for a person."""


class LoadFailed(Exception):
    """Not every call got the answer it was sent for; a figure would mean nothing."""


@dataclass(frozen=True, slots=True)
class Calls:
    """What the load generator sends, and how it recognizes a good answer."""

    file: Path
    """One call a line: METHOD PATH BODY."""
    expected: str
    """Every good answer's body contains it; a refusal's does not."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Sent besides, or in place of, `Content-Type: application/json`."""


@dataclass(frozen=True, slots=True)
class Load:
    """What a number of connections, each waiting for its answer before the next call, came to."""

    calls: int
    duration: timedelta
    p50: timedelta
    p99: timedelta
    spent: float = 0.0
    """Seconds of processor time that the server used, its processes together."""

    @property
    def per_second(self) -> float:
        """Answered calls per second."""
        return self.calls / self.duration.total_seconds()

    @property
    def microseconds_per_call(self) -> float:
        """Processor time of the server for one call."""
        return 1e6 * self.spent / self.calls


def find_wrk() -> str:
    """The load generator's path; raises WrkMissing."""
    found = shutil.which("wrk")
    if found is None:
        raise WrkMissing("wrk is not installed: `apt-get install wrk`, or your system's package of that name")
    return found


def drive(
    url: str, calls: Calls, *, connections: int, seconds: int, cores: tuple[int, ...], server: int | None = None
) -> Load:
    """Send the calls in turn for some seconds; raises LoadFailed when one is refused, lost or answered otherwise.

    `server` is the process whose processor time is counted, with that of its descendants.
    """
    before = spent_by(server) if server else 0.0
    command = [find_wrk(), "-t1", f"-c{connections}", f"-d{seconds}s", f"--timeout={_PATIENCE}s"]
    with staying_on(*cores):
        run = subprocess.run(
            [*command, "-s", str(_SCRIPT), url, "--", str(calls.file), calls.expected, *chain(*calls.headers.items())],
            capture_output=True,
            text=True,
            timeout=seconds + 3 * _PATIENCE,
            check=False,
        )
    load = _read(run.stdout, run.stderr)
    return replace(load, spent=spent_by(server) - before) if server else load


def _read(output: str, errors: str) -> Load:
    found = [line.removeprefix("RESULT ") for line in output.splitlines() if line.startswith("RESULT ")]
    if not found:
        raise LoadFailed(f"wrk gave no result: {errors.strip() or output.strip()}")
    result = json.loads(found[0])
    if result["refused"] or result["broken"] or not result["calls"]:
        raise LoadFailed(f"{result['calls']} calls, {result['refused']} refused, {result['broken']} lost")
    return Load(
        calls=result["calls"],
        duration=timedelta(microseconds=result["microseconds"]),
        p50=timedelta(microseconds=result["p50"]),
        p99=timedelta(microseconds=result["p99"]),
    )
