"""The parts of explanations: causes, near misses, remedies, and history."""

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
    """A reason that was found true, the check that found it, and its evidence."""

    reason: Reason
    check: str
    evidence: str

    @property
    def said(self) -> str:
        """The cause in one sentence, as exact as the evidence allows."""
        return _SEEN.get((self.reason.code, self.evidence), self.reason.cause)


_SEEN = {
    (DEACTIVATED.code, EVIDENCE[Standing.DEACTIVATED]): (
        "The person was deactivated in this company; the account and its other companies are untouched."
    ),
    (WRONG_PASSWORD.code, NONE_IS_SET): "The account has no password now, so that none can match.",
}
"""Exact sentences where the general sentence of a reason would say too much."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A cause, in one sentence, with the rules behind it and its evidence."""

    reason: str
    cause: str
    rule_ids: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A check that failed by little, such as a password with wrong upper and lower case."""

    check: str
    kind: Nearness
    evidence: str


@dataclass(frozen=True, slots=True)
class Apply:
    """The one call that applies a remedy: made by a person with the permission where the path begins with /s/, else
    by the tester; the body is null where the call has none.
    """

    method: str
    path: str
    body: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class RemedyCard:
    """A remedy: who may do what, its side effects, and the call that applies it, where there is one."""

    code: str
    who: Who
    action: str
    side_effects: tuple[str, ...]
    apply: Apply | None


@dataclass(frozen=True, slots=True)
class LastSuccess:
    """The person's last success; client and device are null where it comes from a world document."""

    at: datetime
    client: str | None
    device: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """A change about the person, when, and by whom."""

    at: datetime
    event: str
    actor: str | None


def cause(found: Found) -> Cause:
    """A finding in the form of explanations."""
    return Cause(found.reason.code, found.said, found.reason.rule_ids, found.evidence)
