"""A reader's preferences, kept in cookies: the language, and whether the ribbon is shown."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, quote, urlencode

from flask import Response, request

from logindrill.pages import browser
from logindrill.web.cookies import LIFE

LANGUAGE = "lang"
RIBBON = "ribbon"
HIDDEN = "hidden"
ENGLISH = "en"
LANGUAGES: Mapping[str, str] = {ENGLISH: "English", "de": "Deutsch"}
"""The languages of the pages, each by its own name."""
_ALLOWED = {LANGUAGE: frozenset(LANGUAGES), RIBBON: frozenset({HIDDEN, "shown"})}
_LIFE = int(LIFE.total_seconds())


def kept(name: str) -> str | None:
    """What the reader chose under this name before; anything that cannot be chosen is nothing."""
    value = browser.held(name)
    return value if value in _ALLOWED[name] else None


def keep() -> Response | None:
    """Where the address chooses (`?lang=de`, `?ribbon=hidden`): keep it, and go to the page itself; else None."""
    asked = {name: request.args[name] for name in _ALLOWED if request.args.get(name) in _ALLOWED[name]}
    if not asked or request.method not in {"GET", "HEAD"}:
        return None
    page = quote(request.script_root + request.path)
    rest = urlencode([(name, value) for name, value in request.args.items(multi=True) if name not in _ALLOWED])
    response = Response(status=302, headers={"Location": f"{page}?{rest}" if rest else page})
    for name, value in asked.items():
        browser.keep(response, name, value, seconds=_LIFE)
    return response


def switch(**preference: str) -> str:
    """The address of this very page with another preference."""
    page, _, query = browser.address().partition("?")
    others = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name not in preference]
    return f"{page}?{urlencode([*others, *preference.items()])}"
