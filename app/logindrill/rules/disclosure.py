"""The public answer for a reason: the imitated service's own words, never the true cause (overall rule 4)."""

from collections.abc import Mapping
from enum import StrEnum

from logindrill.rules.policy import Policy
from logindrill.rules.problems import PROBLEMS, UNCHANGED, Problem
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


def problem(reason: Reason, policy: Policy, preset_wording: Mapping[str, str], call: Call = Call.SIGN_IN) -> Problem:
    """The public answer for a reason at a kind of call; wording: the sandbox's, else the preset's, else ours (C1).

    `UNCHANGED` (202) where the public answer is not to change, and for a fault, which is answered as it was armed.
    """
    code = public_code(reason, policy, call)
    return with_wording(code, policy, preset_wording) if code else UNCHANGED


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
    if reason.about is About.PERSON and call in _OF_PERSON:
        return _OF_PERSON[call]
    if call is Call.PROOF and reason.problem == "invalid_credentials":
        return "current_password_incorrect"
    if reason is DEACTIVATED and not policy.disclosure.deactivated:
        return "invalid_credentials"
    return reason.problem


_OF_PERSON = {Call.LINK: "link_unusable", Call.SESSION: "unauthenticated"}
"""What these calls answer for every reason about the person."""
_ANSWERED_ALIKE = frozenset({About.PERSON, About.CODE, About.MESSAGE})
