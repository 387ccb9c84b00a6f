"""Measures the panes of the console in a sandbox with very many rows."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.request import urlopen

from sqlalchemy import insert, select

from logindrill.models import Attempt, Event, Message, Sandbox
from logindrill.work.database import Database
from tools.bench.client import Client
from tools.bench.figures import Figure, Goal, milliseconds
from tools.bench.plan import Plan
from tools.bench.servers import ours, started
from tools.bench.worlds import person, world

_PEOPLE = 1_000
_ROWS = 10_000
_BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_GOAL = Goal(50.0)
_TABLE = f"The console, {_PEOPLE:,} people, {_ROWS:,} messages, attempts and events each"
_PANES = (
    "/timeline",
    "/timeline?user=usr_1",
    "/timeline?outcome=refused",
    "/timeline/att_5000",
    "/inbox",
    "/inbox?message=msg_5000",
    "/people",
    "/people?q=p99",
    "/people/usr_1",
    "/clock",
    "/faults",
    "/scenarios",
    "/rules",
    "/export",
    "/mark",
)


def measure(plan: Plan) -> list[Figure]:
    """Each pane as a browser gets it, without what it loads besides."""
    file = plan.folder / "console.sqlite3"
    address = f"sqlite:///{file}"
    with started(ours("--database-url", address), [plan.cores.server]) as server, Client(server.url) as client:
        people = [{**person(number), "id": f"usr_{number}"} for number in range(_PEOPLE)]
        made = client.call(201, "POST", "/control/v1/sandboxes", {"preset": "business-chat", "world": world(people)})
        _fill(address, made["id"])
        base = f"{server.url}/console/s/{made['id']}"
        return [_figure(pane, f"{base}{pane}", plan) for pane in _PANES]


def _figure(pane: str, address: str, plan: Plan) -> Figure:
    _fetch(address)
    return Figure(_TABLE, pane, "fast", "ms", milliseconds(_fetch(address) for _ in range(plan.pace.resets * 2)), _GOAL)


def _fetch(address: str) -> float:
    beginning = time.perf_counter()
    with urlopen(address) as answer:
        answer.read()
    return time.perf_counter() - beginning


def _fill(address: str, sandbox_id: str) -> None:
    database = Database.open(address)
    with database.writing() as connection:
        key = connection.execute(select(Sandbox.key).where(Sandbox.id == sandbox_id)).scalar_one()
        rows: dict[Any, Callable[[int], dict[str, Any]]] = {Attempt: _attempt, Event: _event, Message: _message}
        for noun, row in rows.items():
            values = [{"sandbox_key": key, **row(number)} for number in range(_ROWS)]
            connection.execute(insert(noun.__table__), values)
    database.close()


def _attempt(number: int) -> dict[str, Any]:
    outcome = ("refused", "continued", "succeeded")[number % 3]
    return {
        "id": f"att_{number}",
        **_times(number),
        "operation": "sign_in",
        "user_id": _user(number),
        "identifier": f"p{number % _PEOPLE}@example.test",
        "client": "web",
        "outcome": outcome,
        "status": 401,
        "code": "invalid_credentials",
        "detail": "No.",
        "reason": "wrong_password" if outcome == "refused" else None,
        "checks": [],
        "causes": [],
        "request": {},
    }


def _event(number: int) -> dict[str, Any]:
    return {
        "id": f"evt_{number}",
        **_times(number),
        "what": "sign_in",
        "outcome": "succeeded",
        "actor": None,
        "subject": _user(number),
        "attempt_id": f"att_{number}" if number % 4 else None,
        "details": {},
    }


def _message(number: int) -> dict[str, Any]:
    at = _BEGAN + timedelta(seconds=number)
    address = f"p{number % _PEOPLE}@example.test"
    return {
        "id": f"msg_{number}",
        "kind": "notice",
        "channel": "email",
        "sender": "no-reply@example.test",
        "recipient": address,
        "recipient_canonical": address,
        "user_id": _user(number),
        "subject": "Hello",
        "text": "Hello.",
        "issued_at": at,
        "deliver_at": at,
        "disposition": "inbox",
    }


def _times(number: int) -> dict[str, datetime]:
    at = _BEGAN + timedelta(seconds=number)
    return {"at": at, "real_at": at}


def _user(number: int) -> str:
    return f"usr_{number % _PEOPLE}"
