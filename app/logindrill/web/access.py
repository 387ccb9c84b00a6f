"""Decides which callers the server answers: by host name, origin, and the key of the control API (S59, S60, S69)."""

import re
from collections.abc import Sequence

from flask import Request, Response
from werkzeug.exceptions import UnsupportedMediaType

from logindrill.adapters.hashing import same
from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import PROBLEMS
from logindrill.rules.reasons import ORIGIN_REFUSED
from logindrill.settings import ALWAYS_ALLOWED_HOSTS
from logindrill.web import problems
from logindrill.web.providers import provider_of

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_HOST = re.compile(r"(\[[0-9a-f:.]+]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)(?::\d{1,5})?", re.ASCII)
_LOOPBACK = re.compile(r"https?://(?:(?:[a-z0-9-]+\.)*localhost|127\.0\.0\.1|\[::1])(?::(\d{1,5}))?", re.ASCII)
_HIGHEST_PORT = 65_535
_ALLOWED_HEADERS = (
    "Authorization, Content-Type, X-Client, X-Installation-Id, X-Notifications, X-Device-Token, X-Sandbox"
)
_EXPOSED_HEADERS = "X-Attempt-Id, X-Sandbox-Time, Retry-After"


def refuse_host(request: Request, allowed: Sequence[str]) -> Response | None:
    """Refuse with 400 a host name that is not the server's, against DNS rebinding (S60); the port does not matter.

    So it is with the name that an issuer is to have.
    """
    issuer = provider_of(request).host
    if _is_addressed_to(request, allowed) and (issuer is None or _is_one_of(issuer, allowed)):
        return None
    detail = "This host name is not allowed. Start the server with --allow-host and the name to allow it."
    return problems.render(PROBLEMS["host_refused"], detail=detail)


def refuse_control(request: Request, key: str | None) -> Response | None:
    """Refuse a call of the control API without its key, and always for a web page of another origin."""
    refused = refuse_foreign(request) or (refuse_unknown_source(request) if key is None else None)
    if refused is not None or key is None:
        return refused
    scheme, _, sent = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and same(sent, key):
        return None
    response = problems.render(PROBLEMS["control_key_required"])
    response.headers["WWW-Authenticate"] = 'Bearer realm="logindrill control"'
    return response


def refuse_foreign(request: Request) -> Response | None:
    """Refuse with 403 a call from a web page of another origin (S60)."""
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site", "none")
    if (origin is None or origin == f"{request.scheme}://{request.host}") and site in {"same-origin", "none"}:
        return None
    detail = "The control API is closed to web pages of other origins. Call it from a tool, or from the console."
    return problems.render(PROBLEMS["origin_refused"], detail=detail)


def refuse_unknown_source(request: Request) -> Response | None:
    """Refuse with 403 a change by a call that does not say which page it comes from (S60).

    For servers without a control key only. Browsers say it of every form and script; but not old ones, and no browser
    says it of links and images on plain HTTP. Tools that call this machine by its own names need not say it.
    """
    told = "Origin" in request.headers or "Sec-Fetch-Site" in request.headers
    if told or request.method in SAFE or _is_addressed_to(request, ALWAYS_ALLOWED_HOSTS):
        return None
    detail = (
        "Without a control key, this address is read-only for calls that do not say where they come from. Start the "
        "server with --control-key and send the key as bearer token, or call http://localhost on the server's machine."
    )
    return problems.render(PROBLEMS["origin_refused"], detail=detail)


def keep_foreign_cookies_out(request: Request) -> None:
    """Refuse an unsafe call with cookies unless it is JSON, and its origin is absent or allowed (S69).

    Raises Refused (403), or UnsupportedMediaType (415).
    """
    if request.method in SAFE or not request.cookies or "Authorization" in request.headers:
        return
    origin = request.headers.get("Origin")
    if origin is not None and not is_loopback(origin) and origin != f"{request.scheme}://{request.host}":
        raise Refused(ORIGIN_REFUSED)
    if request.mimetype != "application/json" and (request.content_length or request.mimetype):
        raise UnsupportedMediaType("Send application/json.")


def preflight(request: Request) -> Response | None:
    """The answer to a CORS preflight of the public API; None for any other request."""
    if request.method != "OPTIONS" or "Access-Control-Request-Method" not in request.headers:
        return None
    response = Response(status=204)
    del response.headers["Content-Type"]
    if is_loopback(request.headers.get("Origin", "")):
        response.headers["Access-Control-Allow-Methods"] = "GET, POST, PUT, PATCH, DELETE"
        response.headers["Access-Control-Allow-Headers"] = _ALLOWED_HEADERS
        response.headers["Access-Control-Max-Age"] = "600"
    return response


def allow_origin(request: Request, response: Response) -> None:
    """Let pages of loopback origins, on any port, read the public API with credentials."""
    origin = request.headers.get("Origin")
    response.headers.add("Vary", "Origin")
    if origin is not None and is_loopback(origin):
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Credentials"] = "true"
        response.headers["Access-Control-Expose-Headers"] = _EXPOSED_HEADERS


def _is_addressed_to(request: Request, names: Sequence[str]) -> bool:
    """Whether the host name of a call is one of these; the port does not matter."""
    return _is_one_of(request.host, names)


def _is_one_of(asked: str, names: Sequence[str]) -> bool:
    found = _HOST.fullmatch(asked.lower())
    host = "" if found is None else found[1]
    return any(host == name or (name.startswith(".") and host.endswith(name)) for name in names)


def is_loopback(origin: str) -> bool:
    """Whether an origin is a page of this machine: localhost, *.localhost, 127.0.0.1, [::1], on any port."""
    found = _LOOPBACK.fullmatch(origin)
    return found is not None and int(found[1] or 0) <= _HIGHEST_PORT
