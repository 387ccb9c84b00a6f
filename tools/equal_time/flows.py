"""The requests that are answered alike for everybody, each with the people it is made for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tools.bench.client import Client

EACH = 10
"""How many people there are of each kind."""
UNKNOWN = "unknown"
People = Mapping[str, tuple[dict[str, Any], ...]]
PASSWORD = "as good as any other"
_COMPANY = {"id": "co_first", "name": "First Company"}


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the public API, below the address of its sandbox."""

    path: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Flow:
    """One kind of request: the sandbox it is made in, its answer, and its calls by kind of person."""

    name: str
    preset: str
    people: tuple[dict[str, Any], ...]
    deleted: tuple[str, ...]
    expected: int
    calls: Mapping[str, tuple[Call, ...]]


def flows() -> tuple[Flow, ...]:
    """Every flow that is measured."""
    members = _kinds("member", "active", "invited", "deactivated", "deleted")
    contacts = _kinds("contact", "active", "opted out", "deactivated", "deleted")
    report = {"error_message": "Invalid User / password", "last_signed_in": None}
    return (
        _flow("reset", "business-chat", members, 202, _calls("/password-resets", "identifier", members)),
        _flow("support", "business-chat", members, 201, _calls("/support-requests", "email", members, **report)),
        _flow("code", "contact-portal", contacts, 202, _calls("/confirmation-codes", "email", contacts)),
        _flow("sign-in", "business-chat", members, 401, _calls("/sign-ins", "identifier", members, password="wrong")),
    )


def prepare(client: Client, flow: Flow) -> str:
    """Make the sandbox of a flow; returns the address of its public API."""
    owner = _person("owner", 0, "owner" if flow.preset == "business-chat" else "staff")
    world = {"companies": [_COMPANY], "people": [owner, *flow.people]}
    sandbox = {"preset": flow.preset, "world": world}
    base = f"/s/{client.call(201, 'POST', '/control/v1/sandboxes', sandbox)['id']}/v1"
    credentials = {"identifier": _address("owner", 0), "password": PASSWORD}
    token = client.call(201, "POST", f"{base}/sign-ins", credentials)["session"]["access_token"]
    for user_id in flow.deleted:
        client.call(204, "DELETE", f"{base}/users/{user_id}", token=token)
    return base


def _flow(name: str, preset: str, people: People, expected: int, calls: Mapping[str, tuple[Call, ...]]) -> Flow:
    everybody = tuple(person for group in people.values() for person in group)
    deleted = tuple(person["id"] for person in people.get("deleted", ()))
    return Flow(name, preset, everybody, deleted, expected, calls)


def _calls(path: str, said_as: str, people: People, **more: Any) -> dict[str, tuple[Call, ...]]:
    """For each kind of person, and for unknown people, a call with each address."""
    return {
        kind: tuple(Call(path, {said_as: _address(kind, number), **more}) for number in range(EACH))
        for kind in (*people, UNKNOWN)
    }


def _kinds(role: str, *kinds: str) -> People:
    return {kind: tuple(_person(kind, number, role) for number in range(EACH)) for kind in kinds}


def _person(kind: str, number: int, role: str) -> dict[str, Any]:
    status = kind if kind in {"invited", "deactivated"} else "active"
    person = {
        "id": f"usr_{kind.replace(' ', '_')}_{number}",
        "name": f"Ada {kind} {number}",
        "status": status,
        "opted_out": kind == "opted out",
        "emails": [{"address": _address(kind, number), "kind": "main"}],
        "memberships": [{"company": _COMPANY["id"], "role": role}],
    }
    if status != "invited" and role != "contact":
        person |= {"password": PASSWORD}
    return person


def _address(kind: str, number: int) -> str:
    return f"{kind.replace(' ', '-'):x<11}-{number}@example.test"
