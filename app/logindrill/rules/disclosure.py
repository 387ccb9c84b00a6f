"""The public answer for a reason: the imitated service's own words, never the true cause (overall rule 4)."""

from collections.abc import Mapping
from enum import StrEnum

from logindrill.rules.policy import Policy
from logindrill.rules.problems import OF_APPLICATIONS, PROBLEMS, UNCHANGED, Problem
from logindrill.rules.reasons import DEACTIVATED, THROTTLED, About, Reason
from logindrill.rules.values import replace

__all__ = ["PROBLEMS", "UNCHANGED", "Call", "Problem", "problem", "public_code", "with_wording"]


class Call(StrEnum):
    """The kind of a call, which decides the public answer before the reason does."""

    SIGN_IN = "sign_in"
    FACTOR = "factor"
    ASK = "ask"
    CONFIRMATION = "confirmation"
    LINK = "link"
    SESSION = "session"
    PROOF = "proof"
    ORDER = "order"
    TARGET = "target"
    """An authorization request whose application or redirect_uri is not trusted yet."""
    AUTHORIZE = "authorize"
    TOKEN = "token"
    BEARER = "bearer"


def problem(reason: Reason, policy: Policy, preset_wording: Mapping[str, str], call: Call = Call.SIGN_IN) -> Problem:
    """The public answer for a reason at a kind of call; wording: the sandbox's, else the preset's, else ours (C1).

    `UNCHANGED` (202) where the public answer is not to change, and for a fault, which is answered as it was armed.
    """
    code = public_code(reason, policy, call)
    public = with_wording(code, policy, preset_wording) if code else UNCHANGED
    return replace(public, status=_REDIRECT) if call is Call.AUTHORIZE and code in OF_APPLICATIONS else public


def with_wording(code: str, policy: Policy, preset_wording: Mapping[str, str]) -> Problem:
    """The problem of this code in the sandbox's wording, else the preset's, else the default."""
    text = policy.wording.get(code) or preset_wording.get(code)
    return replace(PROBLEMS[code], detail=text) if text else PROBLEMS[code]


def public_code(reason: Reason, policy: Policy, call: Call) -> str:
    """The problem code; empty where the answer stays the unchanged 202 (overall rule 4)."""
    if call is Call.ASK and (reason.about in _ANSWERED_ALIKE or reason is THROTTLED):
        return ""
    if call is Call.CONFIRMATION and reason.about in _ANSWERED_ALIKE:
        return "invalid_code"
    if (reason.about, call) in _INSTEAD:
        return _INSTEAD[reason.about, call]
    if (call, reason.problem) in _IN_OTHER_WORDS:
        return _IN_OTHER_WORDS[call, reason.problem]
    if reason is DEACTIVATED and not policy.disclosure.deactivated:
        return "invalid_credentials"
    return reason.problem


_INSTEAD = {
    (About.PERSON, Call.LINK): "link_unusable",
    **{
        (about, call): code
        for about in (About.PERSON, About.SESSION)
        for call, code in (
            (Call.AUTHORIZE, "login_required"),
            (Call.TOKEN, "invalid_grant"),
            (Call.BEARER, "invalid_token"),
        )
    },
    (About.PERSON, Call.SESSION): "unauthenticated",
    (About.APPLICATION, Call.TARGET): "application_refused",
}
"""What these calls answer for every reason about these, whatever is the reason's own answer."""
_IN_OTHER_WORDS = {
    (Call.PROOF, "invalid_credentials"): "current_password_incorrect",
    (Call.BEARER, "invalid_grant"): "invalid_token",
    (Call.TOKEN, "invalid_token"): "invalid_grant",
}
"""What these calls answer instead of a code."""
_REDIRECT = 303
"""The status of answers to an authorization request: the browser brings them to the application."""
_ANSWERED_ALIKE = frozenset({About.PERSON, About.CODE, About.MESSAGE})
