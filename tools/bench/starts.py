"""Measures cold starts, from the command to the first line of output, on all cores."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tools.bench.figures import Figure, Goal, milliseconds
from tools.bench.plan import Plan
from tools.bench.servers import ServerFailed, environment

_TABLE = "Cold start"
_COMMAND = Path(sys.executable).with_name("logindrill")
_READY = Goal(1_000.0, aim=500.0)
_HELP = Goal(300.0)


def measure(plan: Plan) -> list[Figure]:
    """The ready line of a new database, of an old one, and `--help`; the first run, uncounted, warms the disk."""
    kept = f"sqlite:///{plan.folder / 'kept.sqlite3'}"
    return [
        _times("serve, new database", lambda: _until_ready("--ephemeral"), plan, _READY),
        _times("serve, database of before", lambda: _until_ready("--database-url", kept), plan, _READY),
        _times("serve, new database, 2 workers", lambda: _until_ready("--ephemeral", "--workers", "2"), plan, None),
        _times("--help", lambda: _until_end("--help"), plan, _HELP),
    ]


def _times(row: str, start: Callable[[], float], plan: Plan, goal: Goal | None) -> Figure:
    start()
    return Figure(_TABLE, row, "time", "ms", milliseconds(start() for _ in range(plan.pace.starts)), goal)


def _until_ready(*options: str) -> float:
    beginning = time.perf_counter()
    command = [str(_COMMAND), "serve", "--port", "0", *options]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        line = process.stdout.readline() if process.stdout else ""
        elapsed = time.perf_counter() - beginning
        process.terminate()
        process.communicate()
    if not line.startswith("logindrill ready on "):
        raise ServerFailed(f"the server said {line!r} instead of being ready")
    return elapsed


def _until_end(*arguments: str) -> float:
    beginning = time.perf_counter()
    subprocess.run([str(_COMMAND), *arguments], env=environment(), stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - beginning
