"""One client that goes on calling whatever happens to the server, and knows what was answered."""

import json
import ssl
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any, Final
from urllib.parse import urlsplit

PASSWORD: Final = "as good as any other"
CUT: Final = 0
"""The status of a call whose connection ended without an answer."""

_SECONDS: Final = 30
_TRIES: Final = 40
_PAUSE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    body: Any = None
    retry_after: str | None = None


class Client:
    """Keeps one connection, and opens another one after a failure."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._connection: HTTPConnection | None = None

    def call(self, method: str, path: str, body: object = None, *, token: str | None = None) -> Reply:
        """The answer; status CUT where none came."""
        try:
            self.send(method, path, body, token=token)
            return self.receive()
        except (OSError, HTTPException):
            self.close()
            return Reply(CUT)

    def settled(self, method: str, path: str, body: object = None, *, token: str | None = None) -> Reply:
        """The answer of a server that may still be recovering: asked again while there is none, or 503."""
        for _ in range(_TRIES):
            reply = self.call(method, path, body, token=token)
            if reply.status not in (CUT, 503):
                break
            time.sleep(_PAUSE)
        return reply

    def send(self, method: str, path: str, body: object = None, *, token: str | None = None) -> None:
        """The first half of a call. Raises OSError or HTTPException."""
        if self._connection is None:
            parts = urlsplit(self.url)
            host = parts.hostname or ""
            if parts.scheme == "https":
                trusting = ssl._create_unverified_context()  # noqa: SLF001 - the certificate was made a moment ago
                self._connection = HTTPSConnection(host, parts.port, timeout=_SECONDS, context=trusting)
            else:
                self._connection = HTTPConnection(host, parts.port, timeout=_SECONDS)
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        data = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(body).encode()
        self._connection.request(method, path, data, headers)

    def receive(self) -> Reply:
        """The second half. Raises OSError or HTTPException."""
        if self._connection is None:
            raise HTTPException("nothing was sent")
        answer = self._connection.getresponse()
        text = answer.read()
        is_json = "json" in (answer.headers.get("Content-Type") or "")
        return Reply(answer.status, json.loads(text) if is_json else None, answer.headers.get("Retry-After"))

    def close(self) -> None:
        """Close the connection; the next call opens another one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Unexpected(Exception):
    """A call that had to succeed did not: the storm cannot be prepared."""


def must(
    client: Client, expected: int, method: str, path: str, body: object = None, *, token: str | None = None
) -> Any:
    """The body of an answer that has this status; raises Unexpected for any other."""
    answer = client.call(method, path, body, token=token)
    if answer.status != expected:
        raise Unexpected(f"{method} {path}: {answer.status} instead of {expected}: {answer.body}")
    return answer.body


def race(one: Client, other: Client, method: str, path: str, bodies: tuple[object, object]) -> list[Reply]:
    """Two calls at once, each on its own connection."""
    sent = []
    for client, body in zip((one, other), bodies, strict=True):
        try:
            client.send(method, path, body)
            sent.append(True)
        except (OSError, HTTPException):
            client.close()
            sent.append(False)
    return [_received(client) if begun else Reply(CUT) for client, begun in zip((one, other), sent, strict=True)]


def _received(client: Client) -> Reply:
    try:
        return client.receive()
    except (OSError, HTTPException):
        client.close()
        return Reply(CUT)
