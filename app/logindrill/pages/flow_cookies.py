"""Cookies that carry data from one step of a sign-in to the next, so that no address contains it."""

import re
from urllib.parse import quote, unquote

from flask import Response, request

from logindrill.pages import browser
from logindrill.rules.identifiers import LONGEST
from logindrill.rules.texts import has_controls, is_storable

_LONGEST_TOKEN = 512
_LONGEST_ADDRESS = 2_000
"""The limit for the cookie with an address: browsers keep no cookie beyond 4096 bytes (S69)."""
_SIGN_IN = "sign_in"
_CONTACT = "contact"
_WANTED = "wanted"
_INTERACTION = re.compile(r"(.*)/oidc/interactions/(int_[0-9a-f]{16})", re.ASCII)


def sign_in_id() -> str:
    """The pending sign-in of this browser; empty where there is none."""
    held = browser.held(_SIGN_IN)
    return held if len(held) <= _LONGEST_TOKEN and held.isascii() else ""


def keep_sign_in(response: Response, value: str) -> None:
    """Have the browser hold a waiting sign-in until it is closed."""
    browser.keep(response, _SIGN_IN, value)


def drop_sign_in(response: Response) -> None:
    """The sign-in waits no longer."""
    if sign_in_id():
        browser.drop(response, _SIGN_IN)


def contact() -> str:
    """The address or number for which a code was requested; empty where none was."""
    held = unquote(browser.held(_CONTACT))
    return held if len(held) <= LONGEST and is_storable(held) and not has_controls(held) else ""


def keep_contact(response: Response, value: str) -> None:
    """Have the browser hold what a code was asked for with, until it is closed."""
    browser.keep(response, _CONTACT, quote(value))


def requested_page() -> str:
    """The address of the page that a person requested before signing in; empty where there is none.

    Only an address within this sandbox is accepted, whatever the browser sends (S70).
    """
    held = unquote(browser.held(_WANTED))
    is_ours = held.startswith(f"{request.script_root}/") and not has_controls(held) and "\\" not in held
    return held if is_ours else ""


def requested_interaction() -> str | None:
    """The id of the application's request that the browser was at last."""
    found = _INTERACTION.fullmatch(requested_page())
    return None if found is None or found[1] != request.script_root else found[2]


def keep_interaction(response: Response, address: str) -> None:
    """Have the browser keep the address at which an application's request is answered."""
    browser.keep(response, _WANTED, address)


def keep_requested_page(response: Response) -> None:
    """Have the browser keep the address of this page, to return to it after the sign-in.

    An overlong one is not kept.
    """
    here = quote(browser.address())
    if len(here) <= _LONGEST_ADDRESS:
        browser.keep(response, _WANTED, here)


def drop_requested_page(response: Response) -> None:
    """Nothing is wanted any longer."""
    if browser.held(_WANTED):
        browser.drop(response, _WANTED)


def drop_earlier_page(response: Response) -> None:
    """Who opens the sign-in by hand wants no earlier page any longer; the request of an application waits on."""
    if requested_interaction() is None:
        drop_requested_page(response)
