"""Clients that do not keep to HTTP, or keep to it strangely: refused, and the server lives on."""

import json
import re
import socket

import httpx
import pytest

from tests.support.processes import PATIENCE, RunningServer

GET = "GET /v1/configuration HTTP/1.1\r\n"
POST = "POST /v1/sign-ins HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
CLOSE = "Connection: close\r\n\r\n"


def received(server: RunningServer, text: str) -> bytes:
    """Send a text as it is; all that comes back."""
    address = httpx.URL(server.url)
    with socket.create_connection(("127.0.0.1", address.port or 80), timeout=PATIENCE) as connection:
        connection.sendall(text.encode("latin-1"))
        connection.shutdown(socket.SHUT_WR)
        return connection.makefile("rb").read()


def say(server: RunningServer, text: str) -> tuple[int, dict[str, str], bytes]:
    """Send a text as it is; status, headers and body of the first answer."""
    answer = received(server, text)
    head, _, body = answer.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    return int(status.split()[1]), headers, body


REFUSED = {
    "a foreign host": GET + "Host: evil.test\r\n" + CLOSE,
    "two hosts, the second foreign": GET + "Host: localhost\r\nHost: evil.test\r\n" + CLOSE,
    "two hosts, the first foreign": GET + "Host: evil.test\r\nHost: localhost\r\n" + CLOSE,
    "no host": GET + CLOSE,
    "the same host twice": GET + "Host: localhost\r\nHost: localhost\r\n" + CLOSE,
    "a whole address of another host": "GET http://evil.test/v1/configuration HTTP/1.1\r\nHost: localhost\r\n" + CLOSE,
    "a whole address with a user": "GET http://evil@localhost/ HTTP/1.1\r\nHost: localhost\r\n" + CLOSE,
    "a whole address without a host": "GET http:///v1/configuration HTTP/1.1\r\nHost: localhost\r\n" + CLOSE,
    "an empty host": GET + "Host:\r\n" + CLOSE,
    "a host with a user": GET + "Host: evil@localhost\r\n" + CLOSE,
    "a host with a space": GET + "Host: localhost evil.test\r\n" + CLOSE,
    "a folded header": GET + "Host: localhost\r\nX-Client: web\r\n more\r\n" + CLOSE,
    "a header with NUL": GET + "Host: localhost\r\nX-Client: we\0b\r\n" + CLOSE,
    "a header with a bare CR": GET + "Host: localhost\r\nX-Client: we\rb\r\n" + CLOSE,
    "a space before the colon": GET + "Host : localhost\r\n" + CLOSE,
    "a path that is too long": "GET /v1/" + "a" * 9000 + " HTTP/1.1\r\nHost: localhost\r\n" + CLOSE,
    "a sandbox that is too long": "GET /s/" + "a" * 8000 + "/v1/me HTTP/1.1\r\nHost: localhost\r\n" + CLOSE,
    "a path with NUL": "GET /s/a%00b/v1/me HTTP/1.1\r\nHost: localhost\r\n" + CLOSE,
    "a path with a line break": "GET /v1/users/a%0d%0aX:%20y HTTP/1.1\r\nHost: localhost\r\n" + CLOSE,
    "a raw byte in the path": "GET /v1/users/\xff HTTP/1.1\r\nHost: localhost\r\n" + CLOSE,
    "bytes that are no UTF-8 in the path": "GET /v1/users/%ff%fe HTTP/1.1\r\nHost: localhost\r\n" + CLOSE,
    "half a surrogate in the path": "GET /v1/users/%ed%a0%80 HTTP/1.1\r\nHost: localhost\r\n" + CLOSE,
    "a raw byte in the query": "GET /v1/configuration?a=\xff HTTP/1.1\r\nHost: localhost\r\n" + CLOSE,
    "a NUL in the query": "GET /control/v1/sandboxes/default/messages?to=a%00b HTTP/1.1\r\nHost: localhost\r\n" + CLOSE,
    "a body in UTF-16": POST + "Content-Length: 4\r\n" + CLOSE + "{\0}\0",
    "a body in Latin-1": POST + "Content-Length: 19\r\n" + CLOSE + '{"identifier": "\xe9"}',
    "lines that end in LF alone": "GET /v1/configuration HTTP/1.1\nHost: localhost\nConnection: close\n\n",
    "a path beside the root": "GET /../etc/passwd HTTP/1.1\r\nHost: localhost\r\n" + CLOSE,
    "a path of nothing": "GET  HTTP/1.1\r\nHost: localhost\r\n" + CLOSE,
    "a method in small letters": "get /v1/session HTTP/1.1\r\nHost: localhost\r\n" + CLOSE,
    "TRACE": "TRACE /v1/configuration HTTP/1.1\r\nHost: localhost\r\nCookie: secret=1\r\n" + CLOSE,
    "CONNECT": "CONNECT evil.test:443 HTTP/1.1\r\nHost: localhost\r\n" + CLOSE,
    "a length that is none": POST + "Content-Length: many\r\n" + CLOSE,
    "a negative length": POST + "Content-Length: -1\r\n" + CLOSE,
    "a length beyond 64 bits": POST + "Content-Length: 99999999999999999999\r\n" + CLOSE,
    "two lengths": POST + "Content-Length: 2\r\nContent-Length: 3\r\n" + CLOSE + "{}",
    "a body that is too large": POST + "Content-Length: 65537\r\n" + CLOSE + "a" * 65_537,
    "a chunk that is too large": POST
    + "Transfer-Encoding: chunked\r\n"
    + CLOSE
    + "11170\r\n"
    + "a" * 70_000
    + "\r\n0\r\n\r\n",
    "a chunk of no length": POST + "Transfer-Encoding: chunked\r\n" + CLOSE + "zz\r\n{}\r\n0\r\n\r\n",
    "a length and chunks": POST
    + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n"
    + CLOSE
    + "2\r\n{}\r\n0\r\n\r\n",
    "an unknown coding": POST + "Transfer-Encoding: cow\r\n" + CLOSE,
    "a body shorter than it says": POST + "Content-Length: 50\r\n" + CLOSE + "{}",
    "many headers": GET + "Host: localhost\r\n" + "".join(f"X-{n}: y\r\n" for n in range(300)) + CLOSE,
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=list(REFUSED))
def test_a_strange_call_is_refused_as_a_problem(server: RunningServer, text: str) -> None:
    status, headers, body = say(server, text)
    assert 400 <= status < 500 or status == 501
    assert headers["content-type"].startswith("application/problem+json")
    assert headers["x-mock"] == "logindrill"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "evil" not in str(headers)
    problem = json.loads(body)
    assert problem["status"] == status
    assert problem["type"].endswith(f"/{problem['code']}")
    assert "Traceback" not in str(problem)
    assert "evil" not in str(problem)


def test_a_whole_address_in_the_first_line_is_judged_by_its_host(server: RunningServer) -> None:
    local, foreign = "Host: localhost\r\n" + CLOSE, "Host: evil.test\r\n" + CLOSE
    assert say(server, "GET http://evil.test/v1/configuration HTTP/1.1\r\n" + foreign)[0] == 400
    assert say(server, "GET http://localhost/v1/configuration HTTP/1.1\r\n" + foreign)[0] == 400
    assert say(server, "GET http://localhost/v1/configuration HTTP/1.1\r\n" + local)[0] == 200
    assert say(server, "GET http://localhost?sandbox=default HTTP/1.1\r\n" + local)[0] < 400


def test_a_host_is_not_asked_of_the_old_protocol(server: RunningServer) -> None:
    assert say(server, "GET /livez HTTP/1.0\r\n\r\n")[0] == 200


def answers(server: RunningServer, text: str) -> list[int]:
    """The status of every answer on one connection."""
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3})", received(server, text))]


def test_calls_sent_together_are_answered_in_their_order(server: RunningServer) -> None:
    one = GET + "Host: localhost\r\n\r\n"
    typed = POST + "Content-Length: 2\r\n\r\n{}"
    assert answers(server, one + typed + one + GET + "Host: localhost\r\n" + CLOSE) == [200, 422, 200, 200]


def test_a_broken_call_is_never_taken_for_the_answer_to_an_earlier_one(server: RunningServer) -> None:
    one = GET + "Host: localhost\r\n\r\n"
    assert answers(server, one * 3 + "garbage\r\n\r\n") == [200, 200, 200]
    assert answers(server, one * 3 + "GET / HTTP/1.1\r\nno colon\r\n\r\n") == [200, 200, 200]


def test_half_a_call_is_refused_as_soon_as_its_client_has_closed_its_side(server: RunningServer) -> None:
    assert answers(server, POST + "Content-Length: 50\r\n\r\n{}") == [400]  # a minute later it would be 408


def test_whoever_waits_for_leave_to_send_the_body_gets_it(server: RunningServer) -> None:
    body = '{"identifier": "nobody@example.test", "password": "any"}'
    text = POST + f"Expect: 100-continue\r\nContent-Length: {len(body)}\r\n" + CLOSE + body
    assert answers(server, text) == [100, 401]


def test_chunks_are_a_body_like_any_other(server: RunningServer) -> None:
    body = '{"identifier": "nobody@example.test", "password": "any"}'
    text = POST + "Transfer-Encoding: chunked\r\n" + CLOSE + f"{len(body):x}\r\n{body}\r\n0\r\n\r\n"
    assert say(server, text)[0] == 401


def test_what_a_proxy_would_say_is_not_believed(server: RunningServer) -> None:
    forwarded = "X-Forwarded-Host: evil.test\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Prefix: /evil\r\n"
    status, headers, _ = say(server, GET + "Host: localhost\r\n" + forwarded + CLOSE)
    assert status == 200
    assert "evil" not in str(headers)
    status, _, _ = say(server, GET + "Host: localhost\r\nX_Sandbox: nobody\r\n" + CLOSE)
    assert status == 200


def test_the_server_lives_on(server: RunningServer) -> None:
    for text in (
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"\x00" * 100,
        b"\r\n\r\n",
        b"",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", httpx.URL(server.url).port or 80), timeout=PATIENCE) as connection:
            connection.sendall(text)
    assert httpx.get(f"{server.url}/readyz").status_code == 200
    assert "Traceback" not in server.errors
