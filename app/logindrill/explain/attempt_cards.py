"""The explanation of an attempt, and an attempt in a list, as testers get them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from logindrill.explain.cards import Cause, LastSuccess, NearMiss, RemedyCard
from logindrill.rules.changes import Change
from logindrill.rules.decisions import Check
from logindrill.rules.merging import SurvivingAccount


@dataclass(frozen=True, slots=True)
class PublicAnswer:
    """The answer that the client received."""

    status: int
    code: str | None
    detail: str | None


@dataclass(frozen=True, slots=True)
class AttemptEntry:
    """An attempt in a list: the public answer, and the true reason."""

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
class RequestCard:
    """The request, without any token, code or password. `application` and `interaction` are null where none asked."""

    method: str
    path: str
    user_agent: str
    origin: str | None
    device: str
    cookies_seen: bool
    conditions: Mapping[str, Any]
    application: str | None
    interaction: str | None


@dataclass(frozen=True, slots=True)
class AttemptCard:
    """The explanation of an attempt. Causes and remedies are in the order in which they must be dealt with. Of an
    attempt that belongs to a sign-in for an application, `follows` are the earlier attempts of that interaction."""

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
    survivor: SurvivingAccount | None
    follows: tuple[str, ...]
    request: RequestCard
