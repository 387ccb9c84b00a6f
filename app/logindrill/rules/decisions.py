"""Decisions of attempts, with the chain of checks behind them, and the refusal of invalid input."""

from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from msgspec import Struct

from logindrill.rules.reasons.reason import Reason


@dataclass(frozen=True, slots=True)
class Check:
    """One check: whether it passed, and its evidence. Evidence never contains a secret."""

    name: str
    passed: bool
    evidence: str


class Finding(NamedTuple):
    """A check as it is stored, and the reason if it failed."""

    check: Check
    reason: Reason | None


MOST_ERRORS = 100
"""At most this many mistakes are reported at once."""


class FieldError(Struct, frozen=True):
    """One field that cannot be accepted: `required`, `invalid`, `unknown`, `too_short`, `mismatch` and so on (422)."""

    field: str
    code: str
    detail: str


class Granted(Struct, frozen=True):
    """The person is signed in. `device_reason` says why the device would not have made a second factor unnecessary."""

    checks: tuple[Check, ...]
    device_reason: Reason | None = None


class SecondFactorDecision(Struct, frozen=True):
    """Everything so far was right; `reason` says why the second factor is asked (A20, A21)."""

    checks: tuple[Check, ...]
    reason: Reason


class NewPasswordDecision(Struct, frozen=True):
    """Everything was right, but a temporary password only allows setting a new one (C8)."""

    checks: tuple[Check, ...]


class Refused(Exception):
    """A refusal for exactly one reason. An attempt returns it as its decision; an order raises it and is rolled
    back.

    Further causes are kept with it: `before` must be fixed first, `further` comes after.
    """

    def __init__(
        self,
        reason: Reason,
        checks: tuple[Check, ...] = (),
        *,
        detail: str | None = None,
        permission: str | None = None,
        retry_after: timedelta | None = None,
        fields: tuple[FieldError, ...] = (),
        before: tuple[Finding, ...] = (),
        further: tuple[Finding, ...] = (),
    ) -> None:
        super().__init__(reason.code)
        self.reason = reason
        self.checks = checks
        self.detail = detail
        self.permission = permission
        self.retry_after = retry_after
        self.fields = fields
        self.before = before
        self.further = further

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every check that failed, in the order in which it must be fixed; a check that was not stored has no name."""
        seen = f"the role lacks {self.permission}" if self.permission else self.detail or self.reason.cause
        own = next((check for check in reversed(self.checks) if not check.passed), Check("", False, seen))
        failed = (*self.before, Finding(own, self.reason), *self.further)
        return tuple(finding for finding in failed if finding.reason is not None)

    @property
    def causes(self) -> tuple[Reason, ...]:
        """Every cause, in the order they must be fixed, each reason once."""
        return tuple(dict.fromkeys(finding.reason for finding in self.findings if finding.reason is not None))

    def _values(self) -> tuple[object, ...]:
        about = (self.detail, self.permission, self.retry_after, self.fields)
        return (self.reason, self.checks, *about, self.before, self.further)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Refused) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash(self._values())

    def __repr__(self) -> str:
        return f"Refused({self.reason.code!r}, detail={self.detail!r})"


Decision = Granted | SecondFactorDecision | NewPasswordDecision | Refused


class Invalid(Exception):
    """Invalid input, whoever sends it: answered 422 with the fields, and no attempt was judged."""

    def __init__(self, *fields: FieldError) -> None:
        super().__init__(", ".join(f"{error.field}: {error.code}" for error in fields))
        self.fields: tuple[FieldError, ...] = fields


def invalid(field: str, detail: str, code: str = "invalid") -> Invalid:
    """The refusal of one field, to be raised."""
    return Invalid(FieldError(field, code, detail))
