"""The session and device cookies: one pair for every path prefix, so that sandboxes never share cookies."""

from collections.abc import Sequence
from datetime import timedelta

from flask import Request, Response
from msgspec import Struct

from logindrill.web.sandbox_path import ENVIRON

LIFE = timedelta(days=400)
"""The longest time that browsers keep a cookie; the server's record decides about the device's trust (A21, S37)."""

BETWEEN_TOKENS = "."
"""Separates the tokens in the device cookie: no token holds it, and a cookie may not hold a comma (RFC 6265, 4.1.1)."""

_SECONDS = int(LIFE.total_seconds())


class Names(Struct, frozen=True):
    """The names of a call's cookies, and their path."""

    prefix: str
    suffix: str
    path: str

    @property
    def session(self) -> str:
        """The cookie that holds the access token."""
        return f"{self.prefix}ld_session{self.suffix}"

    @property
    def device(self) -> str:
        """The cookie that identifies a device."""
        return f"{self.prefix}ld_device{self.suffix}"

    @property
    def form(self) -> str:
        """The cookie that the forms of pages are bound to."""
        return f"{self.prefix}ld_form{self.suffix}"

    @property
    def opened(self) -> str:
        """The cookie of a browser whose opening of a link used the link up."""
        return f"{self.prefix}ld_opened{self.suffix}"

    @property
    def attempt(self) -> str:
        """The cookie in which pages keep the last attempt's id."""
        return f"{self.prefix}ld_attempt{self.suffix}"


def names(request: Request, *, secure: bool) -> Names:
    """Names and path, depending on the address at which the sandbox was reached; `__Secure-` under TLS (S69)."""
    prefix = "__Secure-" if secure else ""
    if ENVIRON in request.environ:
        return Names(prefix, "", request.script_root)
    sandbox = request.headers.get("X-Sandbox") or "default"
    return Names(prefix, "" if sandbox == "default" else f"_{sandbox}", f"{request.script_root}/v1")


def set_session(
    response: Response, request: Request, session: str, device_tokens: Sequence[str] = (), *, secure: bool
) -> None:
    """Give a browser its session, and where a device is newly trusted the tokens of all who are recognised there."""
    named = names(request, secure=secure)
    set_cookie(response, named.session, session, path=named.path, secure=secure)
    if device_tokens:
        set_cookie(response, named.device, BETWEEN_TOKENS.join(device_tokens), path=named.path, secure=secure)


def delete_session(response: Response, request: Request, *, secure: bool) -> None:
    """Delete the session cookie; the device stays trusted."""
    named = names(request, secure=secure)
    delete_cookie(response, named.session, path=named.path, secure=secure)


def set_cookie(response: Response, name: str, value: str, *, path: str, secure: bool) -> None:
    """Set a cookie that no script can read, and that the browser does not send with another site's form.

    Name, value and path are the program's own and need no quoting: writing the header by hand makes a sign-in five per
    cent faster.
    """
    secured = "Secure; " if secure else ""
    cookie = f"{name}={value}; Max-Age={_SECONDS}; {secured}HttpOnly; Path={path}; SameSite=Lax"
    response.headers.add("Set-Cookie", cookie)


def delete_cookie(response: Response, name: str, *, path: str, secure: bool) -> None:
    """Delete a cookie in the browser."""
    response.delete_cookie(name, path=path, secure=secure, httponly=True, samesite="Lax")
