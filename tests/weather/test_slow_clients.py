"""Clients that are slow or silent: they hold up nobody, and are sent away in time.

The kinds: silent connections, halves of heads, heads that never end, halves of bodies, bodies in drops, answers that
nobody reads, connections that stay open between two calls, bodies that the server has refused already.
"""

import json
import resource
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import httpx
import pytest

from tests.support.processes import COMMAND, PATIENCE, RunningServer, changed_command, running, wait_until

MANY = 40
HALF_HEAD = b"GET /livez HTTP/1.1\r\nHost: loc"
HALF_BODY = (
    b"POST /v1/sign-ins HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{"
)
HALF_CHUNK = (
    b"POST /v1/sign-ins HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n20\r\n{"
)
WHOLE = b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server that soon loses patience."""
    folder = tmp_path_factory.mktemp("slow")
    limits = ("FOR_HEAD", "FOR_REQUEST", "FOR_READING")
    changed = changed_command(folder, *(f"serving.protocol.SECONDS_{name} = 1" for name in limits))
    with running("--ephemeral", cwd=folder, command=changed) as started:
        yield started


def connect(server: RunningServer) -> socket.socket:
    return socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2])), PATIENCE)


def read_to_the_end(connection: socket.socket) -> bytes:
    received = b""
    try:
        while part := connection.recv(1 << 16):
            received += part
    except ConnectionResetError:
        pass
    return received


@pytest.mark.parametrize("sent", [b"", HALF_HEAD, HALF_BODY, HALF_CHUNK], ids=["silent", "head", "body", "chunk"])
def test_many_halves_of_requests_hold_up_nobody_and_end(server: RunningServer, sent: bytes) -> None:
    with ExitStack() as stack:
        halves = [stack.enter_context(connect(server)) for _ in range(MANY)]
        for half in halves:
            half.sendall(sent)
        for _ in range(5):
            assert httpx.get(f"{server.url}/v1/configuration", timeout=PATIENCE).status_code == 200
        answers = {read_to_the_end(half).partition(b"\r\n")[0] for half in halves}
    assert answers == ({b"HTTP/1.1 408 Request Timeout"} if sent else {b""})


def test_a_body_that_comes_in_drops_ends_with_408(server: RunningServer) -> None:
    with connect(server) as connection:
        connection.sendall(HALF_BODY)
        connection.settimeout(0.1)
        received = b""
        while not received:
            try:
                connection.sendall(b" ")
                received = connection.recv(1 << 16)
            except TimeoutError:
                continue
    head, _, body = received.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 408 ")
    assert json.loads(body)["code"] == "malformed"


def test_a_head_without_end_is_refused(server: RunningServer) -> None:
    with connect(server) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n")
        try:
            for _ in range(10_000):
                connection.sendall(b"X-%s: y\r\n" % (b"a" * 100))
        except (BrokenPipeError, ConnectionResetError):
            pass
        received = read_to_the_end(connection)
    assert received.startswith(b"HTTP/1.1 431 ") or not received  # a client that goes on sending may lose the answer
    assert httpx.get(f"{server.url}/livez", timeout=PATIENCE).status_code == 200


def test_answers_that_nobody_reads_hold_up_nobody_and_end(server: RunningServer) -> None:
    with ExitStack() as stack:
        deaf = [stack.enter_context(connect(server)) for _ in range(8)]
        for connection in deaf:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.sendall(WHOLE * 40)
        assert httpx.get(f"{server.url}/livez", timeout=PATIENCE).status_code == 200
        for connection in deaf:
            wait_until(partial(is_reset, connection))


def is_reset(connection: socket.socket) -> bool:
    """Whether the server has ended the connection; found out by sending, since nobody reads."""
    try:
        connection.sendall(b"\n")
    except (BrokenPipeError, ConnectionResetError):
        return True
    return False


def test_a_low_limit_of_open_files_is_raised(tmp_path: Path) -> None:
    command = tmp_path / "limited-logindrill"
    command.write_text(f"""#!/bin/sh\nulimit -Sn 64\nexec '{COMMAND}' "$@"\n""")
    command.chmod(0o755)
    with running("--ephemeral", cwd=tmp_path, command=command) as limited, ExitStack() as stack:
        for _ in range(3 * MANY):
            stack.enter_context(connect(limited))
        assert httpx.get(f"{limited.url}/livez", timeout=PATIENCE).status_code == 200
        assert limited.errors == ""


def test_idle_connections_cost_no_thread(server: RunningServer) -> None:
    with ExitStack() as stack:
        clients = [stack.enter_context(httpx.Client(timeout=PATIENCE)) for _ in range(MANY)]
        for client in clients:
            assert client.get(f"{server.url}/livez").status_code == 200
        assert httpx.get(f"{server.url}/livez", timeout=PATIENCE).status_code == 200


def test_a_client_that_closes_its_sending_side_gets_its_answer(server: RunningServer) -> None:
    with connect(server) as connection:
        connection.sendall(b"GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n")
        connection.shutdown(socket.SHUT_WR)
        assert read_to_the_end(connection).startswith(b"HTTP/1.1 200 ")


def test_a_refused_body_that_still_comes_does_not_stall_anybody(server: RunningServer) -> None:
    with connect(server) as connection:
        connection.sendall(
            b"POST /v1/sign-ins HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Content-Length: 900000\r\n\r\n" + b"x" * 1000
        )
        assert connection.recv(1 << 16).startswith(b"HTTP/1.1 413 ")
        assert httpx.get(f"{server.url}/livez", timeout=PATIENCE).status_code == 200


@pytest.mark.slow
def test_handshakes_that_are_given_up_leave_no_memory_behind(tmp_path: Path) -> None:
    made = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout key.pem -out cert.pem".split()
    subprocess.run(made, cwd=tmp_path, check=True, capture_output=True)
    often = changed_command(tmp_path, "serving.http_server.TICKS_BETWEEN_COLLECTIONS = 1")
    tls = ("--tls-cert", "cert.pem", "--tls-key", "key.pem")
    with running("--ephemeral", *tls, cwd=tmp_path, command=often) as server:
        before = memory_of(server)
        host, port = str(server.facts["url"]).removeprefix("https://").split(":")
        with ExitStack() as clients:
            for _ in range(200):
                clients.enter_context(socket.create_connection((host, int(port)))).send(b"\x16\x03\x01")
            wait_until(lambda: memory_of(server) > before + 30)
        wait_until(lambda: memory_of(server) < before + 15)


def memory_of(server: RunningServer) -> int:
    """Resident memory in MiB."""
    pages = int(Path(f"/proc/{server.process.pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize() // (1 << 20)
