"""Makes the databases to measure: one sandbox with very many people, or very many sandboxes."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.bench.client import Client
from tools.bench.people import PASSWORD, address, name, spread, write_calls
from tools.bench.servers import ours, started
from tools.bench.wrk import Calls

CROWD = "crowd"
_COMPANY = {"id": "co_first", "name": "First Company"}
_Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A database that is ready, and the sign-ins that are made on it."""

    database_url: str
    calls: Calls


def person(number: int, role: str = "member") -> dict[str, Any]:
    """Somebody who can sign in, as part of a world."""
    return {
        "id": f"usr_{name(number)}",
        "name": f"Ada {number}",
        "status": "active",
        "password": PASSWORD,
        "emails": [{"address": address(number), "kind": "main"}],
        "memberships": [{"company": _COMPANY["id"], "role": role, "access": "granted"}],
    }


def world(people: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """A world of one company."""
    return {"companies": [_COMPANY], "people": list(people)}


def sign_in_path(sandbox: str) -> str:
    """Where one signs in to a sandbox."""
    return f"/s/{sandbox}/v1/sign-ins"


def fill_one_sandbox(folder: Path, count: int, *, core: int, cost: str = "fast") -> Prepared:
    """A database with `count` people in one sandbox; the first is made by the server, the others copied from it."""
    file = folder / f"people-{count}-{cost}.sqlite3"
    command = ours("--database-url", f"sqlite:///{file}", cost=cost)
    with started(command, [core]) as server, Client(server.url) as client:
        body = {"id": CROWD, "preset": "business-chat", "world": world([person(0)])}
        client.call(201, "POST", "/control/v1/sandboxes", body)
    _copy_first_person(file, count)
    calls = ((sign_in_path(CROWD), address(number)) for number in spread(count))
    return Prepared(f"sqlite:///{file}", write_calls(file.with_suffix(".calls"), calls))


def fill_many_sandboxes(folder: Path, count: int, *, core: int) -> Prepared:
    """A database with `count` sandboxes of one person each."""
    file = folder / f"sandboxes-{count}.sqlite3"
    ids = [f"sbx_{name(number)}" for number in range(count)]
    with started(ours("--database-url", f"sqlite:///{file}"), [core]) as server, Client(server.url) as client:
        for sandbox in ids:
            body = {"id": sandbox, "preset": "business-chat", "world": world([person(0)])}
            client.call(201, "POST", "/control/v1/sandboxes", body)
    calls = ((sign_in_path(ids[number]), address(0)) for number in spread(count))
    return Prepared(f"sqlite:///{file}", write_calls(file.with_suffix(".calls"), calls))


def fill_history(folder: Path, count: int, attempts: int, *, core: int) -> Prepared:
    """A sandbox of `count` people who have tried to sign in so often, an event each; all copies of one sign-in."""
    (folder / "history").mkdir(exist_ok=True)
    prepared = fill_one_sandbox(folder / "history", count, core=core)
    with started(ours("--database-url", prepared.database_url), [core]) as server, Client(server.url) as client:
        client.call(201, "POST", sign_in_path(CROWD), {"identifier": address(0), "password": PASSWORD})
    with _bulk(Path(prepared.database_url.removeprefix("sqlite:///"))) as connection:
        for table, prefix in (("attempts", "att"), ("events", "evt")):
            newest = connection.execute(f"SELECT * FROM {table} ORDER BY key DESC LIMIT 1").fetchone()
            _copy(connection, table, dict(newest), _as_history(prefix, count, attempts))
    return prepared


def _copy_first_person(file: Path, count: int) -> None:
    """Straight into the file, as a million invitations would take an hour."""
    with _bulk(file) as connection:
        first = connection.execute("SELECT * FROM users WHERE id = ?", [f"usr_{name(0)}"]).fetchone()
        _copy(connection, "users", dict(first), _as_users(count))
        for table, changes in (("email_addresses", _as_addresses(count)), ("memberships", _as_members(count))):
            row = connection.execute(f"SELECT * FROM {table} WHERE user_id = ?", [first["id"]]).fetchone()
            _copy(connection, table, dict(row), changes)


@contextmanager
def _bulk(file: Path) -> Iterator[sqlite3.Connection]:
    """A transaction that writes very many rows and is no safer than it must be."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-500000"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        yield connection
        connection.execute("COMMIT")
    os.sync()  # else the machine writes while it is measured


def _as_users(count: int) -> Iterator[_Row]:
    return ({"id": f"usr_{name(number)}", "name": f"Ada {number}"} for number in range(1, count))


def _as_addresses(count: int) -> Iterator[_Row]:
    for number in range(1, count):
        there = address(number)
        yield {"user_id": f"usr_{name(number)}", "address": there, "canonical": there}


def _as_members(count: int) -> Iterator[_Row]:
    return ({"user_id": f"usr_{name(number)}"} for number in range(1, count))


def _as_history(prefix: str, people: int, count: int) -> Iterator[_Row]:
    who = "user_id" if prefix == "att" else "subject"
    return ({"id": f"{prefix}_{name(number)}", who: f"usr_{name(number % people)}"} for number in range(1, count))


def _copy(connection: sqlite3.Connection, table: str, row: _Row, changes: Iterator[_Row]) -> None:
    """Rows like this one but for the changes; each gets a key of its own."""
    del row["key"]
    columns = ", ".join(row)
    placeholders = ", ".join("?" for _ in row)
    rows: Iterator[Sequence[Any]] = (list((row | changed).values()) for changed in changes)
    connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({placeholders})", rows)
