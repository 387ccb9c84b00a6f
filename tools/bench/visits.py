"""Measures ours and other programs in turn: each is started anew, asked, weighed and stopped, alone on its core."""

import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from tools.bench.client import Client, UnexpectedAnswer
from tools.bench.cores import staying_on
from tools.bench.figures import Figure, Goal, ratios
from tools.bench.memory import weigh
from tools.bench.peers import AskingForPasswords, Firebase, Ministack, Ours, Product
from tools.bench.plan import Plan
from tools.bench.processor import descendants, spent_by
from tools.bench.providers import OidcProviderMock
from tools.bench.quiet import Turn
from tools.bench.report import PEERS
from tools.bench.servers import ServerFailed, stop
from tools.bench.wrk import Calls, Load, drive

_RATIOS = "Beside other programs, as a ratio"
_PEOPLE = 100
_WARM_UP = 1
_MANY, _ONE = 16, 1
_SECONDS_TO_START = 180
_POLL = 0.002


@dataclass(frozen=True, slots=True)
class Visit:
    """What one start of a program gave."""

    values: dict[str, float]
    """By column; what a program does not have is not among them."""


_UNITS = {
    "sign-ins, 16 connections": "/s",
    "p99, 16 connections": "ms",
    "sign-ins, 1 connection": "/s",
    "p99, 1 connection": "ms",
    "processor time of a sign-in": "µs",
    "project, person, sign-in, removal": "/s",
    "start to first answer": "ms",
    "processor time of the start": "ms",
    "PSS after load": "MiB",
}
_16, _P99, _1, _, _SIGN_IN, _FLOW, _START, _START_SPENT, _PSS = _UNITS

_GOALS: dict[type[Product], dict[str, Goal]] = {
    Firebase: {
        _16: Goal(1.5, at_least=True),
        _P99: Goal(1.0),
        _1: Goal(1.3, at_least=True),
        _FLOW: Goal(1.3, at_least=True),
    },
    Ministack: {
        _16: Goal(1.3, at_least=True),
        _P99: Goal(1.0),
        _1: Goal(1.0, at_least=True),
        _FLOW: Goal(2.0, at_least=True),
    },
}
_OURS = {_P99: Goal(30.0), _PSS: Goal(80.0)}


def measure(plan: Plan) -> list[Figure]:
    """Ours and each of the others in turn; a ratio is that of two neighbours in time."""
    pairs: dict[type[Product], list[tuple[Turn[Visit], Turn[Visit]]]] = {Firebase: [], Ministack: []}
    alone: list[Turn[Visit]] = []
    for turn in range(plan.pace.visits):
        for other, visits in pairs.items():
            order = (Ours, other) if turn % 2 == 0 else (other, Ours)
            seen = {product: _take(product, plan) for product in order}
            visits.append((seen[Ours], seen[other]))
        alone.append(_take(OidcProviderMock, plan))
    mine = [ours for visits in pairs.values() for ours, _ in visits]
    figures = _absolute(Ours, mine, _OURS)
    for other, visits in pairs.items():
        figures += _absolute(other, [theirs for _, theirs in visits], {})
    figures += _absolute(OidcProviderMock, alone, {})
    return figures + [figure for other, visits in pairs.items() for figure in _compared(other, visits)]


def _take(product: type[Product], plan: Plan) -> Turn[Visit]:
    return plan.guard.take(partial(visit, product, plan))


def visit(product: type[Product], plan: Plan) -> Visit:
    """Start it, measure, stop it."""
    there = product(plan.folder, plan.peers)
    with opened(there, plan) as (process, url, start):
        with staying_on(plan.cores.load), Client(url) as client:
            there.fill(client, _PEOPLE)
            there.refuse(client)
        values = start | _signed_in(there, url, process.pid, plan)
        values[_PSS] = weigh([process.pid, *descendants(process.pid)]).pss
        with staying_on(plan.cores.load), Client(url) as client:
            values[_FLOW if there.has_projects else _1] = _flows(there, client, plan.pace.flows)
    return Visit(values)


def _signed_in(there: Product, url: str, pid: int, plan: Plan) -> dict[str, float]:
    if not isinstance(there, AskingForPasswords) or not there.has_projects:
        return {}
    calls = there.calls(_PEOPLE)
    if there.warms_up:
        _drive(url, calls, _MANY, _WARM_UP, plan)
    many = _drive(url, calls, _MANY, plan.pace.seconds, plan, server=pid)
    one = _drive(url, calls, _ONE, plan.pace.seconds, plan)
    return {
        _16: many.per_second,
        _P99: 1e3 * many.p99.total_seconds(),
        _SIGN_IN: many.microseconds_per_call,
        _1: one.per_second,
        "p99, 1 connection": 1e3 * one.p99.total_seconds(),
    }


def _drive(url: str, calls: Calls, connections: int, seconds: int, plan: Plan, *, server: int | None = None) -> Load:
    return drive(url, calls, connections=connections, seconds=seconds, cores=(plan.cores.load,), server=server)


def _flows(there: Product, client: Client, count: int) -> float:
    there.flow(client, _PEOPLE)
    beginning = time.perf_counter()
    for number in range(count):
        there.flow(client, _PEOPLE + 1 + number)
    return count / (time.perf_counter() - beginning)


@contextmanager
def opened(there: Product, plan: Plan) -> Iterator[tuple[subprocess.Popen[str], str, dict[str, float]]]:
    """The program, its address, and what its start took."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryFile("w+") as said:
        beginning = time.perf_counter()
        with staying_on(plan.cores.server):
            process = subprocess.Popen(
                there.command(port), cwd=plan.folder, env=there.environment(port), stdout=said, stderr=said, text=True
            )
        try:
            with staying_on(plan.cores.load):
                _await(lambda: _greet(there, url), process, said)
            took = {_START: 1e3 * (time.perf_counter() - beginning), _START_SPENT: 1e3 * spent_by(process.pid)}
            yield process, url, took
        finally:
            stop(process)


def _greet(there: Product, url: str) -> bool:
    try:
        with Client(url) as client:
            there.greet(client)
    except (OSError, UnexpectedAnswer):
        return False
    return True


def _await(is_ready: Callable[[], bool], process: subprocess.Popen[str], said: Any) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while not is_ready():
        if process.poll() is not None or time.monotonic() > deadline:
            said.seek(0)
            raise ServerFailed(f"{process.args!r} did not start: {said.read()[-1000:].strip()}")
        time.sleep(_POLL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _absolute(product: type[Product], turns: list[Turn[Visit]], goals: dict[str, Goal]) -> list[Figure]:
    figures = []
    disturbed = sum(turn.is_disturbed for turn in turns)
    for column, unit in _UNITS.items():
        values = tuple(turn.result.values[column] for turn in turns if column in turn.result.values)
        if values:
            figures.append(Figure(PEERS, product.name, column, unit, values, goals.get(column), disturbed))
    return figures


def _compared(other: type[Product], visits: list[tuple[Turn[Visit], Turn[Visit]]]) -> list[Figure]:
    disturbed = sum(mine.is_disturbed or theirs.is_disturbed for mine, theirs in visits)
    row = f"{Ours.name} ÷ {other.name}"
    figures = []
    for column in _UNITS:
        mine = [turn.result.values[column] for turn, _ in visits]
        theirs = [turn.result.values[column] for _, turn in visits]
        values = ratios(mine, theirs)
        figures.append(Figure(_RATIOS, row, column, "times", values, _GOALS[other].get(column), disturbed))
    return figures
