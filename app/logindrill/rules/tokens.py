"""Says why a text is no valid access token, for the tester alone (A26, RFC 6750)."""

import re

from msgspec import Struct

from logindrill.rules.reasons import (
    SESSION_UNKNOWN,
    TOKEN_MALFORMED,
    TOKEN_OF_ANOTHER_KIND,
    TOKEN_OF_ANOTHER_SANDBOX,
    Reason,
)

PREFIX = "mock_"
"""How every access token begins."""

_CODE = re.compile(r"\d{4,10}")
_ID = re.compile(r"(?:sbx|usr|co|msg|evt|att|dev|ses|inv|cnd|flt|dlr|pub|snp|sup)_[0-9a-f]{16}", re.ASCII)
_SIGNED = re.compile(r"eyJ[A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]*){2}", re.ASCII)


class StrangerFacts(Struct, frozen=True):
    """What is known of a text that is the token of no session of the sandbox."""

    text: str
    other_kind: str | None = None
    """What else it is by what the server has signed or stored: "a link", "a sign-in that is not finished" …"""
    other_sandbox: str | None = None
    """The id of the sandbox whose session it opens."""


def judge_stranger(stranger: StrangerFacts) -> tuple[Reason, str]:
    """Why it opens no session, and the evidence; the text itself is never repeated."""
    kind = stranger.other_kind or _kind_by_shape(stranger.text)
    if kind is not None:
        return TOKEN_OF_ANOTHER_KIND, f"What was sent is {kind}, not an access token."
    if stranger.other_sandbox is not None:
        return TOKEN_OF_ANOTHER_SANDBOX, f"The token opens a session of the sandbox {stranger.other_sandbox}."
    if not stranger.text.startswith(PREFIX):
        return TOKEN_MALFORMED, TOKEN_MALFORMED.cause
    return SESSION_UNKNOWN, SESSION_UNKNOWN.cause


def _kind_by_shape(text: str) -> str | None:
    if _CODE.fullmatch(text):
        return "a code"
    if _SIGNED.fullmatch(text):
        return "a signed token, as applications of OpenID Connect get them"
    return "an id" if _ID.fullmatch(text) else None
