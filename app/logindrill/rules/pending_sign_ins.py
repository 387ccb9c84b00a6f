"""Pending sign-ins, which wait for a second factor or a new password (A19, S28)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from msgspec import Struct

from logindrill.rules.knobs import knob, span
from logindrill.rules.reasons import SIGN_IN_EXPIRED, SIGN_IN_UNKNOWN, SIGN_IN_USED, SIGN_IN_VOID, Reason


@dataclass(frozen=True, slots=True)
class SignInPolicy:
    """How long a sign-in may wait."""

    pending_life: timedelta = knob(
        timedelta(minutes=10),
        "How long a sign-in waits for its next step, counted from the last code.",
        "A19",
        "A23",
        form=span(timedelta(seconds=1), timedelta(minutes=10)),
    )


class PendingFacts(Struct, frozen=True):
    """One pending sign-in; `current` is False once the account or the membership changed after its start."""

    waiting_since: datetime
    used_at: datetime | None = None
    voided_at: datetime | None = None
    current: bool = True


def judge(pending: PendingFacts | None, policy: SignInPolicy, now: datetime) -> Reason | None:
    """Why the sign-in cannot go on, or None if it can; None as pending is an id that is unknown or damaged."""
    if pending is None:
        return SIGN_IN_UNKNOWN
    if pending.used_at:
        return SIGN_IN_USED
    if pending.voided_at or not pending.current:
        return SIGN_IN_VOID
    return SIGN_IN_EXPIRED if now >= pending.waiting_since + policy.pending_life else None
