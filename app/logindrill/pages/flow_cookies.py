"""What a browser carries from one step of coming in to the next, so that no address holds it."""

from urllib.parse import quote, unquote

from flask import Response, request

from logindrill.pages import browser
from logindrill.rules.identifiers import LONGEST
from logindrill.rules.texts import has_controls, is_storable

_LONGEST_TOKEN = 512
_LONGEST_ADDRESS = 2_000
"""Of the cookie that holds an address: browsers keep no cookie beyond 4096 bytes (S69)."""
_SIGN_IN = "sign_in"
_CONTACT = "contact"
_WANTED = "wanted"


def sign_in_id() -> str:
    """The sign-in that waits for a further step; empty where the browser knows of none."""
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
    """The address or number that a code was asked for with; empty where none was."""
    held = unquote(browser.held(_CONTACT))
    return held if len(held) <= LONGEST and is_storable(held) and not has_controls(held) else ""


def keep_contact(response: Response, value: str) -> None:
    """Have the browser hold what a code was asked for with, until it is closed."""
    browser.keep(response, _CONTACT, quote(value))


def wanted() -> str:
    """The address of the page that somebody wanted to see who was not signed in; empty where there is none.

    Only an address within this very sandbox is one, whatever the browser holds (S70).
    """
    held = unquote(browser.held(_WANTED))
    is_ours = held.startswith(f"{request.script_root}/") and not has_controls(held) and "\\" not in held
    return held if is_ours else ""


def keep_wanted(response: Response) -> None:
    """Have the browser hold the page of this call, to be led back to it; unless its address is longer than any."""
    here = quote(browser.address())
    if len(here) <= _LONGEST_ADDRESS:
        browser.keep(response, _WANTED, here)


def drop_wanted(response: Response) -> None:
    """Nothing is wanted any longer."""
    if browser.held(_WANTED):
        browser.drop(response, _WANTED)
