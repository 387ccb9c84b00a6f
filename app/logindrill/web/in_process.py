"""Sends requests of the server to itself: directly to its own application, with the rights of the control API."""

from flask import Flask, has_request_context
from flask import request as request_here
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, run_wsgi_app

from logindrill.client import ReceivedAnswer, Request, read_body, read_headers

IN_PROCESS = "logindrill.inward"
"""The key under which the Flask application keeps its transport."""


_HERE = "http://127.0.0.1"


def _base_of(path: str) -> str:
    """The address of a call: for the control API, which tells addresses, that of the call it serves."""
    return request_here.host_url if has_request_context() and path.startswith("/control/") else _HERE


class InProcessTransport:
    """A transport to an application in this process, without network or threads."""

    def __init__(self, app: Flask, control_key: str | None = None) -> None:
        self._app = app
        self._key = control_key

    def __call__(self, request: Request, /) -> ReceivedAnswer:
        """The answer, read completely."""
        path, _, query = request.path.partition("?")
        base = _base_of(path)
        builder = EnvironBuilder(
            path=path,
            query_string=query,
            method=request.method,
            base_url=base,
            headers=Headers(self._rights(path, base) | dict(request.headers)),
            json=None if request.is_form else request.body,
            data=dict(request.body or {}) if request.is_form else None,
        )
        chunks, status, headers = run_wsgi_app(self._app.wsgi_app, builder.get_environ(), buffered=True)
        text = b"".join(chunks)
        received = read_headers(headers)
        if received.get("connection") == "close" and not text:
            return ReceivedAnswer(0, received)
        return ReceivedAnswer(int(status.split(" ")[0]), received, read_body(text, received.get("content-type", "")))

    def _rights(self, path: str, base: str) -> dict[str, str]:
        if not path.startswith("/control/"):
            return {}
        key = {} if self._key is None else {"Authorization": f"Bearer {self._key}"}
        return {"Origin": base.rstrip("/"), **key}
