"""What explanations are made of: causes, near misses, remedies, and what went before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from logindrill.rules.memberships import EVIDENCE, Standing
from logindrill.rules.nearness import Nearness
from logindrill.rules.passwords import NONE_IS_SET
from logindrill.rules.reasons import DEACTIVATED, WRONG_PASSWORD, Reason, Who


@dataclass(frozen=True, slots=True)
class Found:
    """A reason that was found true, the check that found it, and what it was seen by."""

    reason: Reason
    check: str
    evidence: str

    @property
    def said(self) -> str:
        """The cause in one sentence, as exact as what was seen."""
        return _SEEN.get((self.reason.code, self.evidence), self.reason.cause)


_SEEN = {
    (DEACTIVATED.code, EVIDENCE[Standing.DEACTIVATED]): (
        "The person was deactivated in this company; the account and its other companies are untouched."
    ),
    (WRONG_PASSWORD.code, NONE_IS_SET): "The account has no password now, so that none can match.",
}
"""What is true where a reason, in general, says too much."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Something that stood in the way, in one sentence, with the rules behind it and what it was seen by."""

    reason: str
    cause: str
    rule_ids: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A check that failed by little, such as the password but for upper and lower case."""

    check: str
    kind: Nearness
    evidence: str


@dataclass(frozen=True, slots=True)
class Apply:
    """The one call that does it: by somebody who has the permission where the path begins with /s/, else by the
    tester; the body is null where the call has none."""

    method: str
    path: str
    body: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class RemedyCard:
    """A way out: who may do what, what that does besides, and the call that does it, where one does."""

    code: str
    who: Who
    action: str
    side_effects: tuple[str, ...]
    apply: Apply | None


@dataclass(frozen=True, slots=True)
class LastSuccess:
    """The last time the person got in; client and device are null where a world told of it."""

    at: datetime
    client: str | None
    device: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was changed about the person, when, and by whom."""

    at: datetime
    event: str
    actor: str | None


def cause(found: Found) -> Cause:
    """A finding as explanations show it."""
    return Cause(found.reason.code, found.said, found.reason.rule_ids, found.evidence)
