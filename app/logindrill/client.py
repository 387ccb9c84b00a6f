"""Sends HTTP requests to a server, for the commands; it uses only the standard library, so that they start fast."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any, Protocol
from urllib.parse import urlencode, urlsplit

FORM = "application/x-www-form-urlencoded"
DEFAULT_URL = "http://127.0.0.1:8401"
_PATIENCE = 60.0
"""Seconds to wait for an answer; a server may hold a call for up to thirty."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request; its body is sent as JSON, or as a form where the header says so."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None

    @property
    def is_form(self) -> bool:
        """Whether the body is sent as a form."""
        return self.headers.get("Content-Type") == FORM


@dataclass(frozen=True, slots=True)
class ReceivedAnswer:
    """The answer to a request; status 0 where the connection was closed without one. Header names are lower case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None


class Transport(Protocol):
    """Sends a request and waits for the answer."""

    def __call__(self, request: Request, /) -> ReceivedAnswer:
        """The answer; raises NoServer where no server listens."""
        ...


class NoServer(Exception):
    """No server listens at the address."""


class Server:
    """A server at an address.

    It opens one connection per request, so that a connection closed on purpose cannot be mistaken for a stale one.
    """

    def __init__(self, url: str = DEFAULT_URL, control_key: str | None = None) -> None:
        """`url` begins with http:// or https://; raises ValueError for any other text."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{url} is no address of a server, such as {DEFAULT_URL}")
        self.url = url.rstrip("/")
        self._parts = parts
        self._key = control_key

    def __call__(self, request: Request, /) -> ReceivedAnswer:
        """Send a request. Raises NoServer."""
        headers = {"Accept": "application/json", "Connection": "close", **self._rights(request.path), **request.headers}
        text = None if request.body is None else _written(request)
        if text is not None and not request.is_form:
            headers["Content-Type"] = "application/json"
        connection = self._connect()
        try:
            connection.request(request.method, self._parts.path.rstrip("/") + request.path, text, headers)
            return _read(connection.getresponse())
        except (ConnectionResetError, BrokenPipeError, HTTPException):
            return ReceivedAnswer(0)
        except OSError as error:
            raise NoServer(f"no server answers at {self.url}: {error.strerror or error}") from error
        finally:
            connection.close()

    def call(self, method: str, path: str, body: Mapping[str, Any] | None = None, **headers: str) -> ReceivedAnswer:
        """Send a call. Raises NoServer."""
        return self(Request(method, path, headers, body))

    def _connect(self) -> HTTPConnection:
        host, port = self._parts.hostname or "", self._parts.port
        if self._parts.scheme == "https":
            return HTTPSConnection(host, port, timeout=_PATIENCE)
        return HTTPConnection(host, port, timeout=_PATIENCE)

    def _rights(self, path: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._key}"} if self._key and path.startswith("/control/") else {}


def _written(request: Request) -> str:
    if not request.is_form:
        return json.dumps(request.body)
    return urlencode({name: str(value) for name, value in (request.body or {}).items()})


def read_body(content: bytes, kind: str) -> Any:
    """The body of an answer: JSON as values, anything else as text, an empty body as None."""
    return json.loads(content) if content and "json" in kind else content.decode("utf-8", "replace") or None


def read_headers(sent: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Headers by their name in lower case; of several cookies, one a line."""
    received: dict[str, str] = {}
    for name, value in sent:
        before = received.get("set-cookie") if name.lower() == "set-cookie" else None
        received[name.lower()] = value if before is None else f"{before}\n{value}"
    return received


def _read(response: HTTPResponse) -> ReceivedAnswer:
    received = read_headers(response.getheaders())
    return ReceivedAnswer(response.status, received, read_body(response.read(), received.get("content-type", "")))
