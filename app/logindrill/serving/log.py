"""The server's log on standard error: errors, and on request a line for each call, without the secrets in its path."""

import logging
import re
from asyncio import AbstractEventLoop
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from logindrill.adapters.clock import RealClock
from logindrill.serving.failures import print_error, say

_SAME_LINE_EVERY = timedelta(seconds=10)
_MILLISECOND = timedelta(milliseconds=1)
_SECRET = re.compile(r"[^/?#\s]{33,}")


class _Lines(logging.Handler):
    """Writes each error as a line of the program; the server's own account of a bad request is left out."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.setFormatter(logging.Formatter("logindrill: %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        """Write it, now or later."""
        say(self.format(record))


class LoopErrors:
    """Writes what fails in the event loop itself, such as accepting a connection, as one line, now and then."""

    def __init__(self) -> None:
        self._clock = RealClock()
        self._last: dict[str, timedelta] = {}

    def __call__(self, _loop: AbstractEventLoop, context: Mapping[str, Any]) -> None:
        """The exception handler of a loop."""
        now, line = self._clock.elapsed(), f"{context['message']}: {context.get('exception') or 'no cause is known'}"
        if line not in self._last or now - self._last[line] > _SAME_LINE_EVERY:
            self._last = {line: now}
            print_error(line)


def log_errors() -> None:
    """Have this program and the server's library write their errors to standard error."""
    for name in ("uvicorn", "logindrill"):
        logger = logging.getLogger(name)
        logger.handlers = [_Lines()]
        logger.setLevel(logging.ERROR)
        logger.propagate = False
    logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)  # what became of a lost connection is no news


def log_call(scope: Any, status: int, duration: timedelta) -> None:
    """Write one line: client, method, path, status and duration (S43)."""
    client = scope["client"][0] if scope["client"] else "-"
    path = without_secrets(scope["raw_path"].decode("latin-1"))
    line = f"{client} {scope['method']} {path} HTTP/{scope['http_version']} {status} {duration / _MILLISECOND:.0f}ms"
    say(line, later=False)


def without_secrets(path: str) -> str:
    """The path with everything as long as a token shortened."""
    return _SECRET.sub("…", path)
