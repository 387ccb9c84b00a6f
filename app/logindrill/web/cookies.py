"""The session and device cookies: one pair for every mount path, so that sandboxes never share a jar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import Request, Response

from logindrill.web.sandbox_path import ENVIRON

LIFE = timedelta(days=400)
"""As long as browsers keep a cookie at most; the server's record decides (A21, S37)."""

BETWEEN_TOKENS = "."
"""Separates the tokens in the device cookie: no token holds it, and a cookie may not hold a comma (RFC 6265, 4.1.1)."""

_SECONDS = int(LIFE.total_seconds())


@dataclass(frozen=True, slots=True)
class Names:
    """What the cookies of a call are called, and the path they are for."""

    prefix: str
    suffix: str
    path: str

    @property
    def session(self) -> str:
        """The cookie that holds the access token."""
        return f"{self.prefix}ld_session{self.suffix}"

    @property
    def device(self) -> str:
        """The cookie by which a device is recognised."""
        return f"{self.prefix}ld_device{self.suffix}"

    @property
    def form(self) -> str:
        """The cookie that forms of pages are bound to."""
        return f"{self.prefix}ld_form{self.suffix}"

    @property
    def attempt(self) -> str:
        """The cookie by which pages remember the last attempt's id."""
        return f"{self.prefix}ld_attempt{self.suffix}"


def names(request: Request, *, secure: bool) -> Names:
    """Names and path by how the sandbox was reached; `__Secure-` under TLS (S69)."""
    prefix = "__Secure-" if secure else ""
    if ENVIRON in request.environ:
        return Names(prefix, "", request.script_root)
    sandbox = request.headers.get("X-Sandbox") or "default"
    return Names(prefix, "" if sandbox == "default" else f"_{sandbox}", f"{request.script_root}/v1")


def let_in(
    response: Response, request: Request, session: str, device_tokens: Sequence[str] = (), *, secure: bool
) -> None:
    """Give a browser its session, and where a device is newly trusted the tokens of all who are recognised there."""
    named = names(request, secure=secure)
    give(response, named.session, session, path=named.path, secure=secure)
    if device_tokens:
        give(response, named.device, BETWEEN_TOKENS.join(device_tokens), path=named.path, secure=secure)


def let_out(response: Response, request: Request, *, secure: bool) -> None:
    """Take the session from a browser; its device stays trusted."""
    named = names(request, secure=secure)
    take(response, named.session, path=named.path, secure=secure)


def give(response: Response, name: str, value: str, *, path: str, secure: bool) -> None:
    """Set a cookie that no script reads and no other site sends along with a form.

    Name, value and path are our own and need no quoting: written out, a sign-in is quicker by a twentieth.
    """
    secured = "Secure; " if secure else ""
    cookie = f"{name}={value}; Max-Age={_SECONDS}; {secured}HttpOnly; Path={path}; SameSite=Lax"
    response.headers.add("Set-Cookie", cookie)


def take(response: Response, name: str, *, path: str, secure: bool) -> None:
    """Have the browser forget a cookie."""
    response.delete_cookie(name, path=path, secure=secure, httponly=True, samesite="Lax")
