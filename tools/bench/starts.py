"""Measures cold starts, from the command to the first line of output, on all cores: time and processor time."""

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools.bench.figures import Figure, Goal, milliseconds
from tools.bench.plan import Plan
from tools.bench.processor import spent_by
from tools.bench.servers import ServerFailed, environment

_TABLE = "Cold start"
_COMMAND = Path(sys.executable).with_name("logindrill")
_READY = Goal(550.0)
_HELP = Goal(100.0)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took, in seconds."""

    elapsed: float
    spent: float
    """Processor time, that of all its processes together."""


def measure(plan: Plan) -> list[Figure]:
    """The ready line of a new database, of an old one, and `--help`; the first run, uncounted, warms the disk."""
    kept = f"sqlite:///{plan.folder / 'kept.sqlite3'}"
    return [
        *_times("serve, new database", lambda: _until_ready("--ephemeral"), plan, _READY),
        *_times("serve, database of before", lambda: _until_ready("--database-url", kept), plan, _READY),
        *_times("serve, new database, 2 workers", lambda: _until_ready("--ephemeral", "--workers", "2"), plan, None),
        *_times("--help", lambda: until_end("--help"), plan, _HELP),
    ]


def _times(row: str, start: Callable[[], Cost], plan: Plan, goal: Goal | None) -> list[Figure]:
    start()
    costs = [start() for _ in range(plan.pace.starts)]
    return [
        Figure(_TABLE, row, "time", "ms", milliseconds(cost.elapsed for cost in costs)),
        Figure(_TABLE, row, "processor time", "ms", milliseconds(cost.spent for cost in costs), goal),
    ]


def _until_ready(*options: str) -> Cost:
    beginning = time.perf_counter()
    command = [str(_COMMAND), "serve", "--port", "0", *options]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        line = process.stdout.readline() if process.stdout else ""
        cost = Cost(time.perf_counter() - beginning, spent_by(process.pid))
        process.terminate()
        process.communicate()
    if not line.startswith("logindrill ready on "):
        raise ServerFailed(f"the server said {line!r} instead of being ready")
    return cost


def until_end(*arguments: str) -> Cost:
    """What the command takes until it ends."""
    beginning, spent = time.perf_counter(), _spent_by_ended()
    subprocess.run([str(_COMMAND), *arguments], env=environment(), stdout=subprocess.DEVNULL, check=True)
    return Cost(time.perf_counter() - beginning, _spent_by_ended() - spent)


def _spent_by_ended() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
