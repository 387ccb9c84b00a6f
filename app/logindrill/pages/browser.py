"""Cookies in which the pages of one sandbox keep data in the browser."""

from urllib.parse import quote

from flask import Response, current_app, g, request, url_for

from logindrill.web import cookies
from logindrill.web.cookies import Names
from logindrill.web.operations import SECURE


def names() -> Names:
    """What the cookies of this call are called, and the path they are for."""
    return cookies.names(request, secure=is_secure())


def is_secure() -> bool:
    """Whether the browser may send the cookies over TLS only."""
    return bool(current_app.extensions[SECURE])


def held(word: str) -> str:
    """What the browser holds under a word; empty where it holds nothing."""
    return request.cookies.get(_cookie(word), "")


def keep(response: Response, word: str, value: str, *, seconds: int | None = None) -> None:
    """Have the browser hold a value; until it is closed, unless for a number of seconds."""
    response.set_cookie(
        _cookie(word),
        value,
        max_age=seconds,
        path=names().path,
        secure=is_secure(),
        httponly=True,
        samesite="Lax",
    )


def drop(response: Response, word: str) -> None:
    """Have the browser forget what it holds under a word."""
    response.delete_cookie(_cookie(word), path=names().path, secure=is_secure(), httponly=True, samesite="Lax")


def address() -> str:
    """Where this page can be read again, with what its address asks for; a form that has no page leads to the
    account, and the request of an application to where it goes on."""
    ongoing = g.get("ongoing_interaction")
    if ongoing is not None and request.path.startswith("/oidc/"):
        return url_for("pages.resume_authorization", interaction_id=ongoing.id)
    adapter = current_app.create_url_adapter(request)
    if adapter is None or not adapter.test(method="GET"):
        return url_for("pages.show_session")
    query = request.query_string.decode("ascii", "ignore")
    return quote(request.script_root + request.path) + (f"?{query}" if query else "")


def _cookie(word: str) -> str:
    named = names()
    return f"{named.prefix}ld_{word}{named.suffix}"
