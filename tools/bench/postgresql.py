"""Measures sign-ins on PostgreSQL, with one and two workers, with and without waiting for the disk."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.postgres import new_database, start_server, stop_server
from tools.bench.client import Client
from tools.bench.figures import Figure
from tools.bench.people import address, write_calls
from tools.bench.plan import Plan
from tools.bench.rounds import take_turns
from tools.bench.servers import ours, started
from tools.bench.sign_ins import MANY, columns
from tools.bench.worlds import person, sign_in_path, world
from tools.bench.wrk import Calls, Load, drive

_TABLE = "Sign-in on PostgreSQL, 16 sandboxes"
_PEOPLE = 10
"""In each sandbox."""
_WARM_UP = 5
"""Calls on each connection."""
_SECONDS = 2
"""A turn is long enough for a disk that for a moment is slow."""


def measure(plan: Plan) -> list[Figure]:
    """Throughput and delays at 16 connections; server, database server and load share both cores."""
    with _database(plan) as address_of_database:
        calls = _fill(address_of_database, plan)
        turns = {}
        for workers in (1, 2):
            for commit in ("on", "off"):
                options = ("--database-url", address_of_database, "--synchronous-commit", commit)
                row = f"{workers} worker{'s' if workers > 1 else ''}, synchronous_commit {commit}"
                turns[row] = partial(_turn, ours(*options, workers=workers), calls, plan)
        results = take_turns(turns, plan.pace.owasp_rounds, plan.guard)
    return [
        Figure(_TABLE, row, column, unit, values)
        for row, loads in results.items()
        for column, unit, values in columns(loads)
    ]


def _turn(command: list[str], calls: Calls, plan: Plan) -> Load:
    """A server of its own, so that no other one has connections to the database."""
    with started(command, plan.cores.both) as server:
        _warm_up(server.url, calls)
        cores = plan.cores.both
        pid = server.process.pid
        return drive(server.url, calls, connections=MANY, seconds=_SECONDS, cores=cores, server=pid)


def _warm_up(url: str, calls: Calls) -> None:
    """Some calls on each of the connections, however long a cold server takes for them."""
    lines = calls.file.read_text().splitlines()

    def sign_in(turn: int) -> None:
        with Client(url) as client:
            for line in lines[turn::MANY][:_WARM_UP]:
                method, path, body = line.split(" ", 2)
                client.call(201, method, path, json.loads(body))

    with ThreadPoolExecutor(MANY) as threads:
        list(threads.map(sign_in, range(MANY)))


@contextmanager
def _database(plan: Plan) -> Iterator[str]:
    """The address of an empty database of a server that is as safe as PostgreSQL is by itself."""
    with TemporaryDirectory(prefix="logindrill-bench-postgresql-") as temporary:
        folder = Path(temporary)
        server = start_server(folder / "postgres")
        try:
            postmaster = int((folder / "postgres" / "postmaster.pid").read_text().split()[0])
            with plan.guard.counting(postmaster), new_database(server) as address_of_database:
                yield address_of_database
        finally:
            stop_server(folder)


def _fill(address_of_database: str, plan: Plan) -> Calls:
    names = [f"sbx_{number}" for number in range(MANY)]
    people = [person(number) for number in range(_PEOPLE)]
    with (
        started(ours("--database-url", address_of_database), plan.cores.both) as server,
        Client(server.url) as client,
    ):
        for name in names:
            body = {"id": name, "preset": "business-chat", "world": world(people)}
            client.call(201, "POST", "/control/v1/sandboxes", body)
    calls = ((sign_in_path(name), address(number)) for number in range(_PEOPLE) for name in names)
    return write_calls(plan.folder / "postgresql.calls", calls)
