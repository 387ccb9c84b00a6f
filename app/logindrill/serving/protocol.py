"""Answers calls that are too malformed to reach the application with the same problem documents as other refusals."""

import json
import socket
from collections.abc import Callable
from typing import Any

from gunicorn import util
from gunicorn.http.errors import ParseException

_TOO_LARGE = frozenset({413, 414, 431})
_HEADERS = (
    "Connection: close",
    "Content-Type: application/problem+json",
    "Cache-Control: no-store",
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy: same-origin",
    "Referrer-Policy: no-referrer",
    "X-Content-Type-Options: nosniff",
    "X-Mock: logindrill",
)


def answer_with_problem_documents() -> None:
    """Replace gunicorn's own error pages by problem documents."""
    util.write_error = _write_problem


def _write_problem(sock: socket.socket, status_int: int, reason: str, mesg: str) -> None:  # noqa: ARG001
    """The details of the error (`mesg`) are not repeated: they may contain anything."""
    code = "unexpected" if status_int >= 500 else "too_large" if status_int in _TOO_LARGE else "malformed"
    address = f"https://logindrill.example.test/problems/{code}"
    problem = {"type": address, "title": reason, "status": status_int, "detail": reason, "code": code}
    body = json.dumps(problem).encode()
    head = "\r\n".join((f"HTTP/1.1 {status_int} {reason}", *_HEADERS, f"Content-Length: {len(body)}", "", ""))
    util.write_nonblock(sock, head.encode("latin-1") + body)


def read_chunks_safely(application: Callable[..., Any]) -> Callable[..., Any]:
    """The application, wrapped so that malformed chunks count as a connection that breaks off: 400."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        if "HTTP_TRANSFER_ENCODING" in environ:
            environ["wsgi.input"] = _Chunks(environ["wsgi.input"])
        return application(environ, start_response)

    return answer


class _Chunks:
    """A body in chunks; one that cannot be read raises OSError, as applications expect."""

    def __init__(self, body: Any) -> None:
        self._body = body

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most `size` of them."""
        try:
            return bytes(self._body.read(size))
        except ParseException as error:
            raise OSError("the body is broken") from error
