"""Answers of the server itself, where no application can answer: problem documents, as everywhere else."""

import json
from http import HTTPStatus
from typing import Final

_TOO_LARGE: Final = frozenset({413, 414, 431})
_HEADERS: Final = (
    ("Connection", "close"),
    ("Content-Type", "application/problem+json"),
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Mock", "logindrill"),
)


def refusal(status: HTTPStatus) -> tuple[list[tuple[str, str]], bytes]:
    """Headers and body; the details of the error are not repeated: they may contain anything."""
    code = "unexpected" if status >= 500 else "too_large" if status in _TOO_LARGE else "malformed"
    document = {
        "type": f"https://logindrill.example.test/problems/{code}",
        "title": status.phrase,
        "status": status,
        "detail": status.phrase,
        "code": code,
    }
    body = json.dumps(document).encode()
    return [*_HEADERS, ("Content-Length", str(len(body)))], body


def whole_refusal(status: HTTPStatus) -> bytes:
    """The answer as it is sent."""
    headers, body = refusal(status)
    lines = (f"HTTP/1.1 {status} {status.phrase}", *(f"{name}: {value}" for name, value in headers), "", "")
    return "\r\n".join(lines).encode("latin-1") + body
