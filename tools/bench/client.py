"""An HTTP client that keeps its connection and raises where the answer is not the expected one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit


class UnexpectedAnswer(Exception):
    """The server answered something else; what was measured would not be what it is called."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    """Their names in lower case."""
    text: bytes


class Client:
    """One connection to one server."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._connection = HTTPConnection(parts.hostname or "", parts.port, timeout=60)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def call(
        self,
        expected: int,
        method: str,
        path: str,
        body: object = None,
        *,
        token: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """The answer's JSON, None where it has no body; raises UnexpectedAnswer for any other status."""
        given = {} if token is None else {"Authorization": f"Bearer {token}"}
        data = None
        if body is not None:
            given["Content-Type"] = "application/json"
            data = json.dumps(body).encode()
        text = self.send(expected, method, path, data, given | dict(headers or {})).text
        return json.loads(text) if text else None

    def send(self, expected: int, method: str, path: str, data: bytes | None, headers: Mapping[str, str]) -> Answer:
        """The answer as it comes; raises UnexpectedAnswer for any other status."""
        self._connection.request(method, path, data, dict(headers))
        answer = self._connection.getresponse()
        text = answer.read()
        if answer.status != expected:
            raise UnexpectedAnswer(f"{method} {path}: {answer.status} instead of {expected}: {text[:400]!r}")
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, text)
