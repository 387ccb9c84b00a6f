"""The server's log on standard error: errors, and on request a line for each call, without the secrets in its path."""

import logging
import re
import sys
from datetime import timedelta
from typing import Any

from logindrill.serving.failures import say

_MILLISECOND = timedelta(milliseconds=1)
_SECRET = re.compile(r"[^/?#\s]{33,}")


class _Lines(logging.StreamHandler[Any]):
    """Writes each error as a line of the program; the server's own account of a bad request is left out."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)
        self.setLevel(logging.ERROR)
        self.setFormatter(logging.Formatter("logindrill: %(message)s"))


def log_errors() -> None:
    """Have this program and the server's library write their errors to standard error."""
    for name in ("uvicorn", "logindrill"):
        logger = logging.getLogger(name)
        logger.handlers = [_Lines()]
        logger.setLevel(logging.ERROR)
        logger.propagate = False


def log_call(scope: Any, status: int, duration: timedelta) -> None:
    """Write one line: client, method, path, status and duration (S43)."""
    client = scope["client"][0] if scope["client"] else "-"
    path = without_secrets(scope["raw_path"].decode("latin-1"))
    line = f"{client} {scope['method']} {path} HTTP/{scope['http_version']} {status} {duration / _MILLISECOND:.0f}ms"
    say(line)


def without_secrets(path: str) -> str:
    """The path with everything as long as a token shortened."""
    return _SECRET.sub("…", path)
