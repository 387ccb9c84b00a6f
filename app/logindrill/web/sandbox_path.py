"""Mounts every sandbox at /s/{id}: behind it the application is the same, so routes and links need not name it."""

import re
from collections.abc import Callable, Iterable
from typing import Any

ENVIRON = "logindrill.sandbox"
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
"""What an id can be at all: nothing else reaches a database, a cookie or a redirect."""


class SandboxPath:
    """WSGI middleware: moves /s/{id} from the path to the mount point."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Only what belongs to a sandbox is reached through its mount; the control plane never is (S59)."""
        path: str = environ["PATH_INFO"]
        if path.startswith("/s/"):
            sandbox, slash, rest = path[3:].partition("/")
            if slash and _ID.fullmatch(sandbox):
                environ[ENVIRON] = sandbox
                environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}/s/{sandbox}"
                environ["PATH_INFO"] = f"/{rest}"
        return self._app(environ, start_response)


def is_sandbox_id(text: str) -> bool:
    """Whether a sandbox could be called so."""
    return _ID.fullmatch(text) is not None
