import json
import os
import signal
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.processes import PATIENCE, RunningServer, changed_command, running, wait_until
from tests.support.sets import thinned


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    with running("--ephemeral", cwd=tmp_path_factory.mktemp("quick")) as started:
        yield started


def ask_slowly(url: str, seconds: int) -> HTTPConnection:
    """A call that takes a while, in hand when this returns: a later one has been answered."""
    connection = HTTPConnection(url.removeprefix("http://"), timeout=PATIENCE)
    connection.request("GET", f"/control/v1/sandboxes/default/messages/wait?timeout={seconds}")
    assert httpx.get(f"{url}/livez", timeout=PATIENCE).status_code == 200
    return connection


def answer_on(connection: HTTPConnection) -> tuple[int, Any]:
    """Status and body of the call in hand."""
    with closing(connection):
        answer = connection.getresponse()
        return answer.status, json.load(answer)


def databases(temporary: Path) -> list[Path]:
    return list(temporary.glob("logindrill-*/logindrill.sqlite3"))


def test_a_ready_server_answers_at_once(quick: RunningServer) -> None:
    assert httpx.get(f"{quick.url}/livez").status_code == 200
    assert quick.output.startswith(f"logindrill ready on {quick.url}\n")
    assert quick.errors == ""


def test_it_listens_on_every_address_of_localhost(quick: RunningServer) -> None:
    port = int(quick.url.rpartition(":")[2])
    for address in {str(entry[4][0]) for entry in socket.getaddrinfo("localhost", port)} | {"127.0.0.1"}:
        socket.create_connection((address, port)).close()


def test_the_invitation_it_shows_works_as_it_is(quick: RunningServer, tmp_path: Path) -> None:
    [line] = [line for line in quick.output.splitlines() if "invite somebody" in line]
    command = line.partition("invite somebody")[2].strip()
    done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["status"] == "invited"
    inbox = httpx.get(f"{quick.url}/control/v1/sandboxes/default/messages/latest", params={"to": "ada@example.test"})
    assert inbox.json()["kind"] == "activation"


def test_a_dead_worker_is_replaced_without_a_word(tmp_path: Path) -> None:
    with running("--ephemeral", "--workers", "2", cwd=tmp_path) as server:
        worker, other = server.workers
        os.kill(worker, signal.SIGTERM)
        wait_until(lambda: worker not in server.workers and len(server.workers) == 2)
        assert other in server.workers
        assert httpx.get(f"{server.url}/livez", timeout=PATIENCE).status_code == 200
        assert server.output.count("ready on") == 1


@pytest.mark.slow
def test_workers_end_with_a_killed_supervisor_and_free_its_port(tmp_path: Path) -> None:
    with running("--ephemeral", "--workers", "2", cwd=tmp_path) as server:
        port = server.url.rpartition(":")[2]
        workers = server.workers
        server.process.kill()
        server.process.wait(PATIENCE)
        wait_until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))
        with running("--ephemeral", "--port", port, cwd=tmp_path) as next_one:
            assert httpx.get(f"{next_one.url}/livez", timeout=PATIENCE).status_code == 200


@pytest.mark.slow
def test_stopped_workers_end_with_a_killed_supervisor(tmp_path: Path) -> None:
    with running("--ephemeral", "--workers", "2", cwd=tmp_path) as server:
        wait_until(lambda: len(server.workers) == 2)
        workers = server.workers
        assert httpx.get(f"{server.url}/livez", timeout=PATIENCE).status_code == 200
        for worker in workers:
            os.kill(worker, signal.SIGSTOP)
        server.process.kill()
        server.process.wait(PATIENCE)
        wait_until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))


@pytest.mark.parametrize("number", thinned((signal.SIGTERM, signal.SIGINT, signal.SIGHUP), 3))
def test_the_call_in_hand_is_finished(number: signal.Signals, tmp_path: Path) -> None:
    with running("--ephemeral", cwd=tmp_path) as server:
        asked = ask_slowly(server.url, 2)
        server.process.send_signal(number)
        assert server.process.wait(PATIENCE) == 0
        assert answer_on(asked) == (200, {"timed_out": True, "seen": []})


@pytest.mark.slow
def test_ctrl_c_at_a_terminal_finishes_the_call_in_hand_too(tmp_path: Path) -> None:
    with running("--ephemeral", cwd=tmp_path) as server:
        asked = ask_slowly(server.url, 2)
        for process in [*server.workers, server.process.pid]:
            os.kill(process, signal.SIGINT)
        assert server.process.wait(PATIENCE) == 0
        assert answer_on(asked)[0] == 200


@pytest.mark.slow
def test_an_idle_connection_does_not_hold_up_the_end(tmp_path: Path) -> None:
    with (
        running(
            "--ephemeral", cwd=tmp_path, command=changed_command(tmp_path, "serving.http_server.GRACE = 3600")
        ) as server,
        httpx.Client() as client,
    ):
        client.get(f"{server.url}/livez", timeout=PATIENCE)
        assert server.stop() == 0


@pytest.mark.slow
def test_an_ephemeral_database_is_shared_by_the_workers_and_gone_at_the_end(tmp_path: Path, temporary: Path) -> None:
    with running("--ephemeral", "--workers", "2", cwd=tmp_path) as server:
        assert len(server.workers) == 2
        made = httpx.post(f"{server.url}/control/v1/sandboxes", json={"id": "shared", "preset": "business-chat"})
        assert made.status_code == 201
        for _ in range(20):
            assert httpx.get(f"{server.url}/control/v1/sandboxes/shared").status_code == 200
        assert len(databases(temporary)) == 1
        server.stop()
    assert list(temporary.iterdir()) == []
    assert not (tmp_path / "instance").exists()


@pytest.mark.slow
def test_the_world_is_written_at_the_end(tmp_path: Path) -> None:
    with running("--ephemeral", "--export-on-exit", "world.json", cwd=tmp_path) as server:
        person = server.facts["first_person"]
        assert server.stop() == 0
    world = json.loads((tmp_path / "world.json").read_text())
    assert [email["address"] for one in world["people"] for email in one["emails"]] == [person["identifier"]]


@pytest.mark.slow
def test_an_exported_world_can_be_served_again(tmp_path: Path) -> None:
    with running("--ephemeral", "--export-on-exit", "world.json", cwd=tmp_path) as server:
        person = server.facts["first_person"]
        server.stop()
    with running("--ephemeral", "--world", "world.json", cwd=tmp_path) as server:
        answer = httpx.post(f"{server.url}/v1/sign-ins", json=person)
        assert answer.status_code == 201


@pytest.mark.slow
def test_the_password_is_shown_only_when_it_is_made(database_url: str, tmp_path: Path) -> None:
    with running("--database-url", database_url, cwd=tmp_path) as server:
        person = server.facts["first_person"]
        assert httpx.post(f"{server.url}/v1/sign-ins", json=person).status_code == 201
    with running("--database-url", database_url, cwd=tmp_path) as server:
        assert server.facts["first_person"] is None
        assert person["password"] not in server.output
        assert httpx.post(f"{server.url}/v1/sign-ins", json=person).status_code == 201


def test_a_call_is_logged_on_request_without_its_secrets(tmp_path: Path) -> None:
    token = "t" * 60
    with running("--ephemeral", "--verbose", cwd=tmp_path) as server:
        httpx.get(f"{server.url}/v1/invitations/{token}?secret=1")
        server.stop()
        assert "/v1/invitations/… HTTP/1.1 410" in server.errors
        assert token not in server.errors
        assert "secret" not in server.errors


def test_tls_is_spoken_with_the_given_certificate(tmp_path: Path) -> None:
    made = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost "
        "-addext subjectAltName=DNS:localhost -keyout key.pem -out cert.pem"
    ).split()
    subprocess.run(made, cwd=tmp_path, check=True, capture_output=True)
    with running("--ephemeral", "--tls-cert", "cert.pem", "--tls-key", "key.pem", cwd=tmp_path) as server:
        assert server.url.startswith("https://localhost:")
        trusting = ssl.create_default_context(cafile=tmp_path / "cert.pem")
        assert httpx.get(f"{server.url}/livez", verify=trusting).status_code == 200


def test_a_forwarded_scheme_is_not_believed_without_a_proxy(quick: RunningServer) -> None:
    answer = httpx.get(f"{quick.url}/livez", headers={"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nNo colon\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", 400),
        (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 9000 + b"\r\n\r\n", 431),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
    ],
)
def test_broken_http_is_refused_in_the_usual_shape(quick: RunningServer, sent: bytes, status: int) -> None:
    with socket.create_connection(("127.0.0.1", int(quick.url.rpartition(":")[2]))) as connection:
        connection.sendall(sent)
        head, _, body = connection.makefile("rb").read().partition(b"\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} ".encode())
    assert b"X-Mock: logindrill" in head
    assert b"application/problem+json" in head
    assert json.loads(body)["status"] == status
