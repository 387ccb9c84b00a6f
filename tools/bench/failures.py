"""Measures how long it takes to set up one login failure, and to play the whole catalogue."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

from tools.bench.client import Client
from tools.bench.figures import Figure, Goal, milliseconds
from tools.bench.plan import Plan
from tools.bench.servers import ROOT, environment, ours, started

_TABLE = "Login failures by name"
_SET_UP = Goal(100.0)
_ALL = Goal(20.0)


def measure(plan: Plan) -> list[Figure]:
    """Set-up over HTTP, the median of its rounds for every scenario; playing all, as one command."""
    with started(ours(), [plan.cores.server]) as server, Client(server.url) as client:
        times = {name: _set_up(client, name, plan) for name in _names(client)}
    slowest = max(times, key=lambda name: times[name])
    return [
        Figure(_TABLE, "set up, every scenario", "fast", "ms", milliseconds(times.values())),
        Figure(_TABLE, f"set up, the slowest ({slowest})", "fast", "ms", milliseconds([times[slowest]]), _SET_UP),
        Figure(_TABLE, "play all, SQLite", "fast", "s", tuple(_play_all() for _ in range(plan.pace.resets // 2)), _ALL),
    ]


def _names(client: Client) -> list[str]:
    listed: list[dict[str, Any]] = client.call(200, "GET", "/control/v1/scenarios?limit=200")["data"]
    return [entry["name"] for entry in listed]


def _set_up(client: Client, name: str, plan: Plan) -> float:
    """Seconds; the median, so that what else the machine did for a moment does not count."""
    return median(_timed_set_up(client, name) for _ in range(plan.pace.resets))


def _timed_set_up(client: Client, name: str) -> float:
    with _clock() as spent:
        made = client.call(201, "POST", f"/control/v1/scenarios/{name}/sandboxes", {})
    client.call(204, "DELETE", f"/control/v1/sandboxes/{made['sandbox']['id']}")
    return spent[0]


def _play_all() -> float:
    command = [sys.executable, "-m", "logindrill", "scenario", "run", "--all", "--quiet"]
    with _clock() as spent:
        subprocess.run(command, cwd=ROOT, env=environment(), check=True, stdout=subprocess.DEVNULL)
    return spent[0]


@contextmanager
def _clock() -> Iterator[list[float]]:
    spent: list[float] = []
    beginning = time.perf_counter()
    yield spent
    spent.append(time.perf_counter() - beginning)
