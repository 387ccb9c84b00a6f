"""Who gets into the console: pages of this very origin, people who follow a link, and holders of the control key."""

from urllib.parse import quote

from flask import Request, Response, current_app, request

from logindrill.adapters.hashing import keyed_digest, same
from logindrill.rules.disclosure import PROBLEMS
from logindrill.web import access, problems
from logindrill.web.access import SAFE
from logindrill.web.addresses import RUNTIME, public_path
from logindrill.web.cookies import Names
from logindrill.web.forms import FormGuard
from logindrill.web.operations import CONTROL_KEY, SECURE
from logindrill.work.runtime import Runtime

PATH = "/console"
LARGEST = 8 * 1024 * 1024
"""How large a form may be, in bytes: a world is uploaded by one."""
_PROOF = "ld_console"
_OPEN = frozenset({"console.static", "console.ask_for_key", "console.take_key"})
"""What is reached without a key."""


def admit() -> Response | None:
    """Keep foreign pages out, and ask for the key where there is one."""
    request.max_content_length = LARGEST
    if not _is_followed_link(request):
        refused = access.refuse_foreign(request)
        if refused is not None:
            return refused
    if request.endpoint in _OPEN or holds_key(request):
        return None
    if request.method in SAFE and request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate":
        where = quote(request.script_root + request.full_path.rstrip("?"))
        return Response(status=303, headers={"Location": f"{home()}/key?next={where}"})
    return problems.render(PROBLEMS["control_key_required"])


def holds_key(request: Request) -> bool:
    """Whether the browser has shown the control key, or none is needed."""
    key = control_key()
    return key is None or same(request.cookies.get(_cookie(), ""), _proof(key))


def control_key() -> str | None:
    """The key of the control plane, where the server has one."""
    key: str | None = current_app.extensions[CONTROL_KEY]
    return key


def keep_key(response: Response, key: str) -> None:
    """Have the browser hold a proof of the key, worth nothing under any other path and gone when it is closed."""
    response.set_cookie(
        _cookie(),
        _proof(key),
        path=home(),
        secure=current_app.extensions[SECURE],
        httponly=True,
        samesite="Strict",
    )


def form_guard() -> FormGuard:
    """What guards the console's forms in this browser."""
    return FormGuard.of(request, _runtime().signer, names(), "console")


def home() -> str:
    """The path of the console as browsers know it, without a trailing slash."""
    return public_path() + PATH


def names() -> Names:
    """What the cookies of the console's forms are called."""
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
    """A top-level navigation that changes nothing may come from anywhere: a link in a ticket, say."""
    sent = request.headers
    is_top_level = (sent.get("Sec-Fetch-Mode"), sent.get("Sec-Fetch-Dest")) == ("navigate", "document")
    return request.method in {"GET", "HEAD"} and is_top_level
