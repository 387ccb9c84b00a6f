"""Collects the attempt and the events of one action, and writes them in the action's transaction."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from logindrill.adapters import randomness
from logindrill.models import Attempt, Event
from logindrill.presets import Preset
from logindrill.rules.decisions import Check, Finding, Refused
from logindrill.rules.disclosure import Call, problem
from logindrill.rules.policy import Policy
from logindrill.work.statements import PreparedInsert, Within

_INSERT_ATTEMPT = PreparedInsert(Attempt)
_INSERT_EVENT = PreparedInsert(Event)
_NOT_THERE = 404


@dataclass(slots=True)
class AttemptDraft:
    """The current attempt, as far as it is known."""

    operation: str
    kind: Call
    client: str
    request: dict[str, Any]
    id: str = field(default_factory=lambda: randomness.public_id("att"))
    user_id: str | None = None
    identifier: str | None = None
    outcome: str | None = None
    status: int = 0
    code: str | None = None
    detail: str | None = None
    reason: str | None = None
    checks: tuple[Check, ...] = ()
    causes: tuple[Finding, ...] = ()
    interaction_id: str | None = None
    application_id: str | None = None
    complete: Callable[[], None] | None = None
    """Called before the attempt is written: adds facts of the request for the tester that no service has added."""

    def succeed(self, status: int, code: str | None = None, *, checks: tuple[Check, ...] = ()) -> None:
        """Record that the attempt succeeded."""
        self.outcome, self.status, self.code, self.checks, self.causes = "succeeded", status, code, checks, ()

    def go_on(self, status: int, code: str, *, reason: str | None, checks: tuple[Check, ...]) -> None:
        """Record that the attempt leads to a further step, and the reason for it."""
        self.outcome, self.status, self.code, self.reason, self.checks = "continued", status, code, reason, checks
        self.causes = ()

    def refuse(self, refusal: Refused, policy: Policy, preset: Preset) -> None:
        """Record a refusal and the public answer that its reason allows.

        A refusal for something that does not exist is no attempt.
        """
        public = problem(refusal.reason, policy, preset.wording, self.kind)
        if public.status == _NOT_THERE:
            return
        self.outcome, self.status = "refused", public.status
        self.code, self.detail = public.code or None, public.detail or None
        self.reason, self.checks, self.causes = refusal.reason.code, refusal.checks, refusal.findings


class EventLog:
    """Collects events and at most one attempt; `write` puts them into the open transaction, once."""

    def __init__(self, attempt: AttemptDraft, now: datetime, real_now: datetime) -> None:
        self.attempt = attempt
        self.now = now
        self.real_now = real_now
        self._events: list[dict[str, Any]] = []
        self._attempt_written = False
        self.tells_refusal = False
        """Whether a refusal is already written, so that later entries do not belong to this action."""

    def note(self, what: str, *, outcome: str, actor: str | None, subject: str | None, details: dict[str, Any]) -> None:
        """Add an event: ids and plain words only, never a secret or an address."""
        self._events.append(
            {
                "id": randomness.public_id("evt"),
                "what": what,
                "outcome": outcome,
                "actor": actor,
                "subject": subject,
                "details": details,
            }
        )

    @property
    def pending(self) -> bool:
        """Whether something is waiting to be written."""
        return bool(self._events) or (self.attempt.outcome is not None and not self._attempt_written)

    def forget(self) -> None:
        """Drop everything collected, because the transaction was rolled back."""
        self._events.clear()
        self._attempt_written = False

    def write(self, within: Within) -> None:
        """Write the attempt and the events into the open transaction."""
        attempt = self.attempt
        if attempt.outcome is not None and not self._attempt_written:
            if attempt.complete is not None:
                attempt.complete()
            _INSERT_ATTEMPT.run(within, self._attempt_row())
            self._attempt_written = True
        for row in self._events:
            row["attempt_id"] = attempt.id if attempt.outcome is not None else None
            row |= {"at": self.now, "real_at": self.real_now}
            _INSERT_EVENT.run(within, row)
        self._events.clear()

    def _attempt_row(self) -> dict[str, Any]:
        attempt = self.attempt
        return {
            "id": attempt.id,
            "at": self.now,
            "real_at": self.real_now,
            "operation": attempt.operation,
            "user_id": attempt.user_id,
            "identifier": attempt.identifier,
            "client": attempt.client,
            "outcome": attempt.outcome,
            "status": attempt.status,
            "code": attempt.code,
            "detail": attempt.detail,
            "reason": attempt.reason,
            "checks": [[check.name, check.passed, check.evidence] for check in attempt.checks],
            "causes": [
                [reason.code, check.name, check.evidence] for check, reason in attempt.causes if reason is not None
            ],
            "request": attempt.request,
            "interaction_id": attempt.interaction_id,
            "application_id": attempt.application_id,
        }
