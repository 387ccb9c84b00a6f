"""Flask without what this server never uses: cookie sessions, coroutines, server names; each costs every call."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import NullSession, SessionInterface, SessionMixin
from werkzeug.routing import MapAdapter


class _NoSessions(SessionInterface):
    """Flask's own sessions; the sessions of people are rows of the database."""

    _none = NullSession()

    def open_session(self, app: Flask, request: Request) -> SessionMixin:  # noqa: ARG002 - as in the base class
        """The same empty session for everybody; it refuses to be written."""
        return self._none

    def is_null_session(self, obj: object) -> bool:
        """True, so that nothing is ever saved."""
        return obj is self._none

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Never called."""


class Application(Flask):
    """A Flask application whose routes do not depend on the host, and whose views are plain functions."""

    session_interface = _NoSessions()

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Match the path alone; which hosts are answered is decided by `access.refuse_host` (S60)."""
        if request is None:
            return super().create_url_adapter(request)
        environ = request.environ
        return self.url_map.bind(
            request.host,
            script_name=environ["SCRIPT_NAME"],
            url_scheme=environ["wsgi.url_scheme"],
            default_method=environ["REQUEST_METHOD"],
            path_info=environ["PATH_INFO"].encode("latin-1").decode(errors="replace"),
            query_args=environ.get("QUERY_STRING", ""),
        )

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function as it is."""
        return func
