"""The parts of explanations: causes, near misses, remedies, and history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from logindrill.rules.codes import ENDED, FOR_ACCOUNT
from logindrill.rules.memberships import EVIDENCE, MembershipStanding
from logindrill.rules.nearness import Nearness
from logindrill.rules.passwords import NONE_IS_SET
from logindrill.rules.reasons import (
    AUTHORIZATION_CODE_USED,
    DEACTIVATED,
    MAIL_DELAYED,
    TOO_MANY_CODE_ATTEMPTS,
    WRONG_PASSWORD,
    Reason,
    Who,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A reason that was found true, the check that found it, and its evidence."""

    reason: Reason
    check: str
    evidence: str

    @property
    def said(self) -> str:
        """The cause in one sentence, as exact as the evidence allows."""
        parts = (text for code, part, text in _SEEN_IN if code == self.reason.code and part in self.evidence)
        return _SEEN.get((self.reason.code, self.evidence)) or next(parts, self.reason.cause)


_SEEN = {
    (DEACTIVATED.code, EVIDENCE[MembershipStanding.DEACTIVATED]): (
        "The person was deactivated in this company; the account and its other companies are untouched."
    ),
    (WRONG_PASSWORD.code, NONE_IS_SET): "The account has no password now, so that none can match.",
}
"""Exact sentences where the general sentence of a reason would say too much."""
UNDER_WAY, LATE = "within the promised", "later than the promised"
_OF_ACCOUNT = (
    "Too many wrong entries were made for this account: until enough of them are older than the time window, "
    "every entry is refused and no code is sent."
)
_REDEEMED_TWICE = (
    "The application redeemed the authorization code twice within two seconds: its callback runs twice, as React "
    "StrictMode makes it. The first redemption was right."
)
_OF_ONE = "Too many wrong entries ended this code or sign-in; a new one can be requested at once."
_SEEN_IN = (
    (AUTHORIZATION_CODE_USED.code, "one program redeems twice", _REDEEMED_TWICE),
    (MAIL_DELAYED.code, UNDER_WAY, "The message is on its way: up to 3 minutes are normal."),
    (MAIL_DELAYED.code, LATE, "The message is late: it should have arrived within 3 minutes."),
    (TOO_MANY_CODE_ATTEMPTS.code, FOR_ACCOUNT, _OF_ACCOUNT),
    (TOO_MANY_CODE_ATTEMPTS.code, "was not sent", _OF_ACCOUNT),
    (TOO_MANY_CODE_ATTEMPTS.code, ENDED, _OF_ONE),
)
"""The same by a part of the evidence."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause, in one sentence, with the rules behind it and its evidence."""

    reason: str
    cause: str
    rule_ids: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True)
class NearMiss:
    """An entry that was almost right, such as a password with the wrong upper and lower case."""

    check: str
    kind: Nearness
    evidence: str


@dataclass(frozen=True, slots=True)
class Apply:
    """The one request that applies a remedy. If the path begins with `/s/`, a person with the permission sends it;
    otherwise the tester does."""

    method: str
    path: str
    body: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class RemedyCard:
    """A remedy: who can do what, its side effects, the request that applies it, and the reasons it solves."""

    code: str
    who: Who
    action: str
    side_effects: tuple[str, ...]
    apply: Apply | None
    cures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LastSuccess:
    """The last successful sign-in. Client and device are null if it comes from an imported world."""

    at: datetime
    client: str | None
    device: str | None


def cause(found: Found) -> Cause:
    """A finding in the form of explanations."""
    return Cause(found.reason.code, found.said, found.reason.rule_ids, found.evidence)
