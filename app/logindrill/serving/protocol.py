"""Calls so broken that they never reach the application are answered like every other refusal."""

import json
import socket

from gunicorn import util

_HEADERS = (
    "Connection: close",
    "Content-Type: application/problem+json",
    "Cache-Control: no-store",
    "X-Content-Type-Options: nosniff",
    "X-Mock: logindrill",
)


def answer_in_our_shape() -> None:
    """From now on gunicorn's own refusals are problem documents instead of pages."""
    util.write_error = _write_problem


def _write_problem(sock: socket.socket, status_int: int, reason: str, mesg: str) -> None:  # noqa: ARG001
    """What is wrong with the request (`mesg`) is not repeated: it may hold anything."""
    code = "internal" if status_int >= 500 else "bad_request"
    problem = {"type": "about:blank", "title": reason, "status": status_int, "detail": reason, "code": code}
    body = json.dumps(problem).encode()
    head = "\r\n".join((f"HTTP/1.1 {status_int} {reason}", *_HEADERS, f"Content-Length: {len(body)}", "", ""))
    util.write_nonblock(sock, head.encode("latin-1") + body)
