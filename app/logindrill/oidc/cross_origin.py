"""Lets the pages of applications call their endpoints from a browser (CORS): those of this machine, and those that a
registered application returns to. Endpoints for browsers never get these headers.
"""

from flask import Request, Response, current_app

from logindrill.services import application_origins
from logindrill.web.access import is_loopback
from logindrill.web.addresses import RUNTIME
from logindrill.web.providers import MACHINES
from logindrill.web.visits import sandbox_of
from logindrill.work.runtime import Action, Runtime
from logindrill.work.unit_of_work import UnknownSandbox, open_work

_ALLOWED_HEADERS = "Authorization, Content-Type, Auth0-Client, DPoP"
_EXPOSED_HEADERS = "X-Attempt-Id, WWW-Authenticate, X-Sandbox-Time"


def preflight(request: Request) -> Response | None:
    """The answer to the question that a browser asks before a call; None for any other request."""
    if request.method != "OPTIONS" or "Access-Control-Request-Method" not in request.headers:
        return None
    response = Response(status=204)
    del response.headers["Content-Type"]
    if _is_allowed(request):
        response.headers["Access-Control-Allow-Methods"] = "GET, POST"
        response.headers["Access-Control-Allow-Headers"] = _ALLOWED_HEADERS
        response.headers["Access-Control-Max-Age"] = "600"
    return response


def allow_origin(request: Request, response: Response) -> None:
    """Let the page read the answer; with credentials, since some client libraries always send them."""
    if request.path not in MACHINES:
        return
    response.headers.add("Vary", "Origin")
    if _is_allowed(request):
        response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
        response.headers["Access-Control-Allow-Credentials"] = "true"
        response.headers["Access-Control-Expose-Headers"] = _EXPOSED_HEADERS


def _is_allowed(request: Request) -> bool:
    origin = request.headers.get("Origin")
    if origin is None or request.path not in MACHINES:
        return False
    return is_loopback(origin) or _is_of_application(request, origin)


def _is_of_application(request: Request, origin: str) -> bool:
    runtime: Runtime = current_app.extensions[RUNTIME]
    try:
        uow = open_work(runtime, sandbox_of(request), Action("show_origins"))
        try:
            return application_origins.is_known(uow, origin)
        finally:
            uow.release()
    except UnknownSandbox:
        return False
