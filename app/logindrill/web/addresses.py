"""The address of the server: the path prefix of a proxy, and the host that a call has used."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Request, current_app, request

from logindrill.rules.values import replace
from logindrill.work.runtime import Runtime
from logindrill.work.unit_of_work import UnitOfWork

RUNTIME = "logindrill.runtime"
HOUSEKEEPING = "logindrill.housekeeping"
"""Where the application keeps what a server does beside its calls."""

_PUBLIC_PATH = "logindrill.public_path"


class PublicPath:
    """WSGI middleware: the application lies below the path of `--public-url`, whether or not the proxy removes it."""

    def __init__(self, app: Callable[..., Iterable[bytes]], path: str) -> None:
        self._app = app
        self._path = path

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Move the path to the mount point."""
        asked: str = environ["PATH_INFO"]
        if asked == self._path or asked.startswith(f"{self._path}/"):
            environ["PATH_INFO"] = asked[len(self._path) :] or "/"
        environ["SCRIPT_NAME"] = environ[_PUBLIC_PATH] = self._path
        return self._app(environ, start_response)


def request_here() -> Request:
    """The request of this call itself: Flask's proxy looks it up anew at each of a call's forty uses."""
    found: Request = request._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - documented, not typed
    return found


def public_path() -> str:
    """The path that every address of this server begins with, without a trailing slash; empty where there is none."""
    found: str = request.environ.get(_PUBLIC_PATH, "")
    return found


def runtime_here() -> Runtime:
    """What the process works with, knowing the address that this call was sent to.

    Without `--public-url`, addresses that are shown follow the host name of the call, which has been checked (S60).
    Links in messages do not: they are made from the server's own address alone (S14).
    """
    runtime: Runtime = current_app.extensions[RUNTIME]
    return runtime if runtime.is_public else replace(runtime, shown_url=request.host_url.rstrip("/"))


def explanation_of(uow: UnitOfWork) -> str:
    """The address in the console that explains the attempt of this call."""
    return f"{runtime_here().shown_url}/console/s/{uow.sandbox_id}/timeline/{uow.attempt.id}"
