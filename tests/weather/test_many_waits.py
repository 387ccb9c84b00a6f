"""Very many calls that wait for a message, on one worker: each gets its own, and others are served meanwhile.

The kinds: waits in many sandboxes, many waits in one sandbox, calls that a fault keeps hanging.
"""

import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest

from tests.support.processes import PATIENCE, RunningServer, running, wait_until

MANY = 120


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with running("--ephemeral", cwd=tmp_path_factory.mktemp("waits")) as started:
        yield started


def ask_to_wait(server: RunningServer, sandbox: str) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2])), PATIENCE)
    path = f"/control/v1/sandboxes/{sandbox}/messages/wait?kind=password_reset&timeout=30"
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    return connection


def answer_of(connection: socket.socket) -> dict[str, object]:
    with connection:
        received = connection.makefile("rb").read()
    answer: dict[str, object] = json.loads(received.partition(b"\r\n\r\n")[2])
    return answer


def send_reset(client: httpx.Client, sandbox: str, identifier: str) -> None:
    answer = client.post(f"/s/{sandbox}/v1/password-resets", json={"identifier": identifier})
    assert answer.status_code == 202


def test_each_of_many_waits_gets_its_own_message(server: RunningServer) -> None:
    with httpx.Client(base_url=server.url, timeout=PATIENCE) as client, ExitStack() as stack:
        people = {}
        for _ in range(MANY):
            made = client.post("/control/v1/sandboxes", json={"preset": "business-chat"}).json()
            people[made["id"]] = made["first_person"]["identifier"]
        waiting = {sandbox: stack.enter_context(ask_to_wait(server, sandbox)) for sandbox in people}
        assert client.get("/livez").status_code == 200
        assert client.post("/v1/sign-ins", json=server.facts["first_person"]).status_code == 201
        for sandbox, identifier in people.items():
            send_reset(client, sandbox, identifier)
        for sandbox, connection in waiting.items():
            message = answer_of(connection)["message"]
            assert isinstance(message, dict)
            assert message["to"] == people[sandbox]


def test_one_message_ends_all_waits_of_its_sandbox(server: RunningServer) -> None:
    with httpx.Client(base_url=server.url, timeout=PATIENCE) as client, ExitStack() as stack:
        made = client.post("/control/v1/sandboxes", json={"preset": "business-chat"}).json()
        waiting = [stack.enter_context(ask_to_wait(server, made["id"])) for _ in range(MANY)]
        assert client.get("/livez").status_code == 200
        send_reset(client, made["id"], made["first_person"]["identifier"])
        assert {len(answer_of(connection)) for connection in waiting} == {1}


def test_hanging_calls_hold_up_nobody(server: RunningServer) -> None:
    with httpx.Client(base_url=server.url, timeout=PATIENCE) as client, ExitStack() as stack:
        made = client.post("/control/v1/sandboxes", json={"preset": "business-chat"}).json()
        path = f"/control/v1/sandboxes/{made['id']}/faults"
        armed = client.post(
            path, json={"match": {"operation": "show_session"}, "effect": {"hang": True}, "times": MANY}
        )
        assert armed.status_code == 201, armed.text
        for _ in range(MANY):
            connection = stack.enter_context(
                socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2])), PATIENCE)
            )
            connection.sendall(f"GET /s/{made['id']}/v1/session HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        wait_until(lambda: client.get(path).json()["data"][0]["hits"] == MANY)
        assert client.post("/v1/sign-ins", json=server.facts["first_person"]).status_code == 201
        assert client.get("/livez").status_code == 200
