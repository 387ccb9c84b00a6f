"""Decides who may use the console: pages of the same origin, followed links, and holders of the control key."""

from urllib.parse import quote

from flask import Request, Response, current_app, request

from logindrill.adapters.hashing import keyed_digest, same
from logindrill.rules.disclosure import PROBLEMS
from logindrill.web import access, limits, problems
from logindrill.web.access import SAFE
from logindrill.web.addresses import RUNTIME, public_path
from logindrill.web.cookies import Names
from logindrill.web.forms import FormGuard
from logindrill.web.operations import CONTROL_KEY, SECURE
from logindrill.work.runtime import Runtime

PATH = "/console"
_PROOF = "ld_console"
_OPEN = frozenset({"console.static", "console.ask_for_key", "console.take_key"})
"""Addresses that need no key."""


def admit() -> Response | None:
    """Refuse pages of other origins, and ask for the key where there is one."""
    request.max_content_length = request.max_form_memory_size = limits.FORMS
    if not _is_followed_link(request):
        refused = access.refuse_foreign(request)
        if refused is not None:
            return refused
    if control_key() is None:
        return access.refuse_unknown_source(request)
    if request.endpoint in _OPEN or holds_key(request):
        return None
    if request.method in SAFE and request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate":
        where = quote(request.script_root + request.full_path.rstrip("?"))
        return Response(status=303, headers={"Location": f"{home()}/key?next={where}"})
    return problems.render(PROBLEMS["control_key_required"])


def holds_key(request: Request) -> bool:
    """Whether the browser has presented the control key, or none is needed."""
    key = control_key()
    return key is None or same(request.cookies.get(_cookie(), ""), _proof(key))


def control_key() -> str | None:
    """The key of the control plane, where the server has one."""
    key: str | None = current_app.extensions[CONTROL_KEY]
    return key


def keep_key(response: Response, key: str) -> None:
    """Have the browser keep a proof of the key, valid only under the console's path and until the browser is closed."""
    response.set_cookie(
        _cookie(),
        _proof(key),
        path=home(),
        secure=current_app.extensions[SECURE],
        httponly=True,
        samesite="Strict",
    )


def form_guard() -> FormGuard:
    """The guard of the console's forms in this browser."""
    return FormGuard.of(request, _runtime().signer, names(), "console")


def home() -> str:
    """The path of the console as browsers know it, without a trailing slash."""
    return public_path() + PATH


def names() -> Names:
    """The names of the cookies of the console's forms."""
    prefix = "__Secure-" if current_app.extensions[SECURE] else ""
    return Names(prefix, "_console", home())


def _cookie() -> str:
    return f"{names().prefix}{_PROOF}"


def _proof(key: str) -> str:
    return keyed_digest(_runtime().secret, f"console {key}")


def _runtime() -> Runtime:
    runtime: Runtime = current_app.extensions[RUNTIME]
    return runtime


def _is_followed_link(request: Request) -> bool:
    """A top-level navigation that changes nothing may come from anywhere, for instance from a link in a ticket."""
    sent = request.headers
    is_top_level = (sent.get("Sec-Fetch-Mode"), sent.get("Sec-Fetch-Dest")) == ("navigate", "document")
    return request.method in {"GET", "HEAD"} and is_top_level
