"""Measures calls made one after another on one connection: new sandboxes, invitation to sign-in, resets."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tools.bench.client import Client
from tools.bench.figures import Figure, Goal, milliseconds
from tools.bench.people import PASSWORD, address
from tools.bench.plan import Plan
from tools.bench.servers import ours, started
from tools.bench.worlds import person, sign_in_path, world

_TABLE = "One call after another"
_SANDBOX = Goal(15.0)
_RESET = Goal(12.0)
_WARM_UP = 5
_PRESET = "business-chat"


def measure(plan: Plan) -> list[Figure]:
    """Times as the caller sees them, with both password costs."""
    figures = []
    for cost in ("fast", "owasp"):
        with _server(cost, plan) as client:
            figures += _sandboxes(client, cost, plan)
            figures += _whole_flows(client, cost, plan)
    with _server("fast", plan) as client:
        figures.append(_resets(client, plan))
    return figures


@contextmanager
def _server(cost: str, plan: Plan) -> Iterator[Client]:
    with started(ours(cost=cost), [plan.cores.server]) as server, Client(server.url) as client:
        yield client


def _sandboxes(client: Client, cost: str, plan: Plan) -> list[Figure]:
    """A new one with the first person that the server adds, and one with a person of the tester's own."""
    given = {"preset": _PRESET, "world": world([person(0)])}
    goal = _SANDBOX if cost == "fast" else None
    return [
        _timed(row, cost, lambda body=body: _make(client, body), plan.pace.sandboxes, goal)  # type: ignore[misc]
        for row, body in (("new sandbox, first person", {"preset": _PRESET}), ("new sandbox, a world of one", given))
    ]


def _whole_flows(client: Client, cost: str, plan: Plan) -> list[Figure]:
    """Sandbox, sign-in of its first person, invitation, mail, activation, sign-in: seven calls."""
    return [_timed("sandbox, invite, mail, activate, sign in", cost, lambda: walk(client), plan.pace.flows, None)]


def walk(client: Client) -> dict[str, Any]:
    """The whole way of somebody who is invited, up to the answer of the first sign-in."""
    sandbox = _make(client, {"preset": _PRESET})
    base, first = f"/s/{sandbox['id']}/v1", sandbox["first_person"]
    opened = client.call(
        201, "POST", f"{base}/sign-ins", {"identifier": first["identifier"], "password": first["password"]}
    )
    ada = {"name": "Ada", "role": "member", "emails": [{"address": "ada@example.test", "kind": "main"}]}
    client.call(201, "POST", f"{base}/users", ada, token=opened["session"]["access_token"])
    inbox = f"/control/v1/sandboxes/{sandbox['id']}/messages"
    mail = client.call(200, "GET", f"{inbox}/latest?to=ada@example.test&kind=activation")
    chosen = {"password": PASSWORD, "password_confirmation": PASSWORD}
    client.call(201, "POST", f"{base}/invitations/{mail['token']}/acceptance", chosen)
    signed_in = client.call(201, "POST", f"{base}/sign-ins", {"identifier": "ada@example.test", "password": PASSWORD})
    return dict(signed_in)


def _resets(client: Client, plan: Plan) -> Figure:
    """A sandbox where some people are signed in goes back to its beginning."""
    count, sessions = plan.pace.people_reset, plan.pace.sessions_reset
    body = {"preset": _PRESET, "world": world(person(number) for number in range(count))}
    sandbox = _make(client, body)["id"]
    durations = []
    for _ in range(plan.pace.resets):
        tokens = [_sign_in(client, sandbox, number) for number in range(sessions)]
        durations.append(_time(lambda: client.call(200, "POST", f"/control/v1/sandboxes/{sandbox}/reset")))
        client.call(401, "GET", f"/s/{sandbox}/v1/session", token=tokens[-1])
    row = f"reset, {count:,} people, {sessions:,} sessions"
    return Figure(_TABLE, row, "fast", "ms", milliseconds(durations), _RESET)


def _sign_in(client: Client, sandbox: str, number: int) -> str:
    typed = {"identifier": address(number), "password": PASSWORD}
    return str(client.call(201, "POST", sign_in_path(sandbox), typed)["session"]["access_token"])


def _make(client: Client, body: dict[str, Any]) -> dict[str, Any]:
    return dict(client.call(201, "POST", "/control/v1/sandboxes", body))


def _timed(row: str, cost: str, action: Callable[[], object], times: int, goal: Goal | None) -> Figure:
    for _ in range(_WARM_UP):
        action()
    return Figure(_TABLE, row, cost, "ms", milliseconds(_time(action) for _ in range(times)), goal)


def _time(action: Callable[[], object]) -> float:
    beginning = time.perf_counter()
    action()
    return time.perf_counter() - beginning
