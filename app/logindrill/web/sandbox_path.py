"""Serves every sandbox under /s/{id}; the prefix is removed before routing, so that routes need not name it."""

import re
from collections.abc import Callable, Iterable
from typing import Any

ENVIRON = "logindrill.sandbox"
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
"""The form of a valid id: nothing else reaches a database, a cookie or a redirect."""


class SandboxPath:
    """WSGI middleware: moves /s/{id} from the path to the script name."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Pass on only what belongs to a sandbox; the control API cannot be reached under the prefix (S59)."""
        path: str = environ["PATH_INFO"]
        if path.startswith("/s/"):
            sandbox, slash, rest = path[3:].partition("/")
            if slash and _ID.fullmatch(sandbox):
                environ[ENVIRON] = sandbox
                environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}/s/{sandbox}"
                environ["PATH_INFO"] = f"/{rest}"
        return self._app(environ, start_response)


def is_sandbox_id(text: str) -> bool:
    """Whether a text can be the id of a sandbox."""
    return _ID.fullmatch(text) is not None
