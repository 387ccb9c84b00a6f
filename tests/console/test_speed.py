"""How long panes take in a full sandbox: a thousand people, ten thousand messages, attempts and events."""

import time
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert

from logindrill.models import Attempt, Event, Message
from logindrill.runtime import Runtime
from tests.console.desk import Desk
from tests.support.people import person
from tests.support.scenes import MORNING, Scene, a_sandbox

PEOPLE = 1_000
ROWS = 10_000
MOST = 0.05
"""Seconds of processor time, so that other work on the machine does not count."""
PANES = (
    "/mark",
    "/timeline",
    "/timeline?user=usr_p1",
    "/timeline?outcome=refused",
    "/timeline/att_5000",
    "/inbox",
    "/inbox?message=msg_5000",
    "/inbox?to=p1@example.test",
    "/people",
    "/people?q=p99",
    "/people/usr_p1",
    "/clock",
    "/faults",
    "/rules",
    "/export",
)


@pytest.fixture(scope="module")
def crowded(app: Flask, runtime: Runtime) -> Desk:
    """A tester at a sandbox in which very much has happened."""
    scene = a_sandbox(runtime, person("Ada Ash", "owner"), *(person(f"P{number} Pine") for number in range(PEOPLE)))
    _fill(scene)
    return Desk(app, scene)


@pytest.mark.slow
@pytest.mark.parametrize("path", PANES)
def test_a_full_sandbox_is_shown_at_once(crowded: Desk, path: str) -> None:
    assert min(_taken(crowded, path) for _ in range(5)) < MOST


def _taken(desk: Desk, path: str) -> float:
    begun = time.process_time()
    assert desk.get(path).status_code == 200
    return time.process_time() - begun


def _fill(scene: Scene) -> None:
    key = scene.own_row().key
    attempts, events, messages = ([row(number, key) for number in range(ROWS)] for row in (_attempt, _event, _message))
    with scene.runtime.database.writing() as connection:
        for noun, rows in ((Attempt, attempts), (Event, events), (Message, messages)):
            connection.execute(insert(noun.__table__), rows)


def _attempt(number: int, key: int) -> dict[str, Any]:
    at = MORNING + timedelta(seconds=number)
    outcome = ("refused", "continued", "succeeded")[number % 3]
    return {
        "sandbox_key": key,
        "id": f"att_{number}",
        "at": at,
        "real_at": at,
        "operation": "sign_in",
        "user_id": f"usr_p{number % PEOPLE}",
        "identifier": f"p{number % PEOPLE}@example.test",
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


def _event(number: int, key: int) -> dict[str, Any]:
    at = MORNING + timedelta(seconds=number)
    return {
        "sandbox_key": key,
        "id": f"evt_{number}",
        "at": at,
        "real_at": at,
        "what": "sign_in",
        "outcome": "succeeded",
        "actor": None,
        "subject": f"usr_p{number % PEOPLE}",
        "attempt_id": f"att_{number}" if number % 4 else None,
        "details": {},
    }


def _message(number: int, key: int) -> dict[str, Any]:
    at = MORNING + timedelta(seconds=number)
    address = f"p{number % PEOPLE}@example.test"
    return {
        "sandbox_key": key,
        "id": f"msg_{number}",
        "kind": "notice",
        "channel": "email",
        "sender": "no-reply@example.test",
        "recipient": address,
        "recipient_canonical": address,
        "user_id": f"usr_p{number % PEOPLE}",
        "subject": "Hello",
        "text": "Hello.",
        "html": "<p>Hello.</p>",
        "issued_at": at,
        "deliver_at": at,
        "disposition": "inbox",
    }
