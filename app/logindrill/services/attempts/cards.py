"""How an attempt is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from logindrill.models import Attempt
from logindrill.presets import Preset
from logindrill.rules.decisions import Check
from logindrill.rules.reasons import EXTRA_SPACE, REASONS, WRONG_CASE, Reason, Who, remedies_for

_NEAR = frozenset({WRONG_CASE.code, EXTRA_SPACE.code})
_NEARLY_RIGHT = "right but for"
"""How a check says that it failed by little."""


@dataclass(frozen=True, slots=True)
class PublicAnswer:
    """What the client was told."""

    status: int
    code: str | None
    detail: str | None


@dataclass(frozen=True, slots=True)
class AttemptEntry:
    """An attempt in a list: what was told, and the true reason."""

    id: str
    at: datetime
    operation: str
    user_id: str | None
    identifier: str | None
    client: str
    outcome: str
    public: PublicAnswer
    reason: str | None
    rule_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """Something that stood in the way, in one sentence, with the rules behind it."""

    reason: str
    cause: str
    rule_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A check that failed by little, such as the password but for upper and lower case."""

    check: str
    evidence: str


@dataclass(frozen=True, slots=True)
class RemedyCard:
    """A way out: who may do what, what that does besides, and the call that does it, where there is one."""

    code: str
    who: Who
    action: str
    side_effects: tuple[str, ...]
    apply: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class LastSuccess:
    """The person's last sign-in before the attempt; client and device are null where a world told of it."""

    at: datetime
    client: str | None
    device: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """Something that was changed about the person, when, and by whom."""

    at: datetime
    event: str
    actor: str | None


@dataclass(frozen=True, slots=True)
class RequestCard:
    """What of the request can tell something; no token, no code, no password."""

    method: str
    path: str
    user_agent: str
    origin: str | None
    device: str
    cookies_seen: bool
    conditions: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AttemptCard:
    """The explanation of an attempt; causes and remedies are in the order of cure."""

    id: str
    at: datetime
    operation: str
    user_id: str | None
    identifier: str | None
    client: str
    outcome: str
    public: PublicAnswer
    reason: str | None
    rule_ids: tuple[str, ...]
    checks: tuple[Check, ...]
    causes: tuple[Cause, ...]
    near_misses: tuple[NearMiss, ...]
    remedies: tuple[RemedyCard, ...]
    would_succeed_if: tuple[str, ...]
    last_success: LastSuccess | None
    changed_since: tuple[Change, ...]
    request: RequestCard


def entry(attempt: Attempt) -> AttemptEntry:
    """An attempt as lists have it."""
    reason = _reason(attempt)
    return AttemptEntry(
        id=attempt.id,
        at=attempt.at,
        operation=attempt.operation,
        user_id=attempt.user_id,
        identifier=attempt.identifier,
        client=attempt.client,
        outcome=attempt.outcome,
        public=PublicAnswer(attempt.status, attempt.code, attempt.detail),
        reason=attempt.reason,
        rule_ids=() if reason is None else reason.rule_ids,
    )


def card(
    attempt: Attempt, preset: Preset, *, last_success: LastSuccess | None, changed_since: tuple[Change, ...]
) -> AttemptCard:
    """An attempt with everything that is known of it."""
    short = entry(attempt)
    reason = _reason(attempt)
    checks = tuple(Check(*check) for check in attempt.checks)
    return AttemptCard(
        **{name: getattr(short, name) for name in AttemptEntry.__slots__},
        checks=checks,
        causes=() if reason is None else (Cause(reason.code, reason.cause, reason.rule_ids),),
        near_misses=_near_misses(reason, checks),
        remedies=() if reason is None else _remedies(reason, checks, preset),
        would_succeed_if=(),
        last_success=last_success,
        changed_since=changed_since,
        request=_request(attempt.request),
    )


def _reason(attempt: Attempt) -> Reason | None:
    return None if attempt.reason is None else REASONS.get(attempt.reason)


def _near_misses(reason: Reason | None, checks: tuple[Check, ...]) -> tuple[NearMiss, ...]:
    failed = [check for check in checks if not check.passed]
    found = tuple(NearMiss(check.name, check.evidence) for check in failed if _NEARLY_RIGHT in check.evidence)
    if not found and failed and reason is not None and reason.code in _NEAR:
        return (NearMiss(failed[-1].name, reason.cause),)
    return found


def _remedies(reason: Reason, checks: tuple[Check, ...], preset: Preset) -> tuple[RemedyCard, ...]:
    """Those that fit: what was typed right need not be typed again."""
    held = {check.name for check in checks if check.passed}
    return tuple(
        RemedyCard(remedy.code, remedy.who, remedy.action, remedy.side_effects, None)
        for remedy in remedies_for(reason, preset.roles)
        if _PROVEN.get(remedy.code) not in held
    )


_PROVEN = {"retype_identifier": "spelling"}
"""Remedies that are idle once a check has held."""


def _request(seen: Mapping[str, Any]) -> RequestCard:
    return RequestCard(
        method=seen.get("method", ""),
        path=seen.get("path", ""),
        user_agent=seen.get("user_agent", ""),
        origin=seen.get("origin"),
        device=seen.get("device", "none"),
        cookies_seen=seen.get("cookies_seen", False),
        conditions=seen.get("conditions", {}),
    )
