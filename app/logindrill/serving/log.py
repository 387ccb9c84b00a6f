"""The server's log: errors only, and on request one line per call, without the secrets in its path."""

import logging
import re
import sys
from typing import Any

from gunicorn.config import Config
from gunicorn.glogging import Logger

_SECRET = re.compile(r"[^/?#\s]{33,}")
_QUERY = re.compile(r"\?\S*")
_STOPPING = ("Shutting down: %s", "Reason: %s", "Worker (pid:%s) exited with code %s.")


class ServerLog(Logger):
    """Gunicorn's log on standard error, one line per call, without query strings and tokens (S43)."""

    error_fmt = "logindrill: %(message)s"
    access_fmt = "%(message)s"

    def __init__(self, cfg: Config) -> None:
        super().__init__(cfg)
        for handler in self.access_log.handlers:
            if isinstance(handler, logging.StreamHandler):
                handler.setStream(sys.stderr)

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> Any:
        """The parts of an access line."""
        found = super().atoms(resp, req, environ, request_time)
        found["r"] = without_secrets(found["r"])
        return found

    def error(self, msg: object, *args: object, **kwargs: Any) -> None:
        """Log an error; the last message of a server that could not start was already printed."""
        if msg not in _STOPPING:
            super().error(msg, *args, **kwargs)


def without_secrets(request_line: str) -> str:
    """The request line with its query dropped and everything as long as a token shortened."""
    return _SECRET.sub("…", _QUERY.sub("", request_line))
