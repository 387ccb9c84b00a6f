"""Links of invitations and resets: single use, newest only, judged by the sandbox's clock (A2, A9-A12, S4)."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import quote

from msgspec import Struct

from logindrill.rules.decisions import invalid
from logindrill.rules.endings import was_voided
from logindrill.rules.knobs import ValueFormat, knob, or_none, span, switch, text
from logindrill.rules.reasons import (
    LINK_DAMAGED,
    LINK_EXPIRED,
    LINK_SUPERSEDED,
    LINK_UNKNOWN,
    LINK_USED,
    LINK_VOID,
    Reason,
)
from logindrill.rules.texts import has_controls, has_spaces


def fill_template(template: str, *, token: str, email: str, sandbox: str) -> str:
    """The link that a template makes, with what it asks for in percent-encoding."""
    values = {"token": token, "email": email, "sandbox": sandbox}
    return _PLACEHOLDER.sub(lambda found: quote(values[found[1]], safe=""), template)


def _is_address(url: str) -> bool:
    """Whether the text is an http(s) address, or one of an app's own scheme, with nothing in it to hide behind."""
    scheme, separator, rest = url.partition("://")
    named = scheme.lower() not in {"javascript", "data", "vbscript", "file"} and scheme.replace("+", "").isalnum()
    clean = not has_spaces(url) and not has_controls(url) and not set(url) & set('<>"`\\')
    return bool(separator and rest) and named and clean


def _parse_template(value: object, name: str) -> str:
    """An address with `{token}` once, perhaps with `{email}` and `{sandbox}`, and nothing else in braces."""
    url = str(_ADDRESS.parse(value, name))
    _, _, rest = url.partition("://")
    for placeholder in _PLACEHOLDER.findall(url):
        if placeholder not in _PLACEHOLDERS:
            known = ", ".join(f"{{{each}}}" for each in _PLACEHOLDERS)
            raise invalid(name, f"There is no placeholder {{{placeholder}}}: there are {known}.")
    if _PLACEHOLDER.findall(rest).count("token") != 1 or url.count("{token}") != 1:
        raise invalid(name, _HOW_TO_WRITE)
    if set(_PLACEHOLDER.sub("", url)) & set("{}"):
        raise invalid(name, "A brace without its other half.")
    return url


_PLACEHOLDERS = ("token", "email", "sandbox")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_HOW_TO_WRITE = "An address with {token} in it once, as in https://app.example.test/r/{token}."
_ADDRESS = text(_is_address, _HOW_TO_WRITE)


def _template() -> ValueFormat:
    return or_none(ValueFormat(_parse_template, _ADDRESS.render, _ADDRESS.schema))


@dataclass(frozen=True, slots=True)
class LinkPolicy:
    """The lifetime of links, and the addresses they lead to."""

    invitation_life: timedelta = knob(
        timedelta(days=7),
        "How long an invitation link works.",
        "A2",
        form=span(timedelta(seconds=1), timedelta(days=365)),
    )
    reset_life: timedelta = knob(
        timedelta(hours=1),
        "How long a reset link works.",
        "A12",
        form=span(timedelta(seconds=1), timedelta(hours=24)),
    )
    used_by_get: bool = knob(
        False, "A deliberate fault: opening a link, as mail scanners do, uses it up.", "A2", "A12", form=switch()
    )
    activation_url: str | None = knob(
        None, "The address in invitation links; null means the hosted page.", "A2", form=_template()
    )
    password_reset_url: str | None = knob(
        None, "The address in reset links; null means the hosted page.", "A12", form=_template()
    )


class LinkState(StrEnum):
    """The state of an issued link."""

    LIVE = "live"
    USED = "used"
    SUPERSEDED = "superseded"
    VOID = "void"
    EXPIRED = "expired"


class LinkFacts(Struct, frozen=True):
    """One issued link.

    `person_may_use` is False where the account's state forbids the purpose of the link; `opened_at`: when opening alone
    used it up (`links.used_by_get`); `was_opened_here`: this browser opened it.
    """

    expires_at: datetime
    used_at: datetime | None = None
    superseded_at: datetime | None = None
    voided_at: datetime | None = None
    person_may_use: bool = True
    opened_at: datetime | None = None
    was_opened_here: bool = False


_REASONS = {
    LinkState.USED: LINK_USED,
    LinkState.SUPERSEDED: LINK_SUPERSEDED,
    LinkState.VOID: LINK_VOID,
    LinkState.EXPIRED: LINK_EXPIRED,
}


def state(link: LinkFacts, now: datetime) -> LinkState:
    """The state of the link at `now`; a deliberate end takes precedence over a later expiry (A2, A12, overall rule 5).

    Where opening used the link up, it is used for everybody but the browser that opened it.
    """
    if link.used_at or (link.opened_at and not link.was_opened_here):
        return LinkState.USED
    if link.superseded_at:
        return LinkState.SUPERSEDED
    if was_voided(link.voided_at, link.expires_at) or not link.person_may_use:
        return LinkState.VOID
    return LinkState.EXPIRED if now >= link.expires_at else LinkState.LIVE


def judge(link: LinkFacts | None, now: datetime, *, damaged: bool = False) -> Reason | None:
    """Why the link cannot be used, or None if it can; `link` is None where no such link was ever issued."""
    if damaged:
        return LINK_DAMAGED
    if link is None:
        return LINK_UNKNOWN
    return _REASONS.get(state(link, now))
