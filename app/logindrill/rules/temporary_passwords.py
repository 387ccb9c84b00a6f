"""Temporary passwords: single sign-in, short life, newest only (C8-C10, D5)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from logindrill.rules.endings import was_voided
from logindrill.rules.knobs import knob, span
from logindrill.rules.reasons import (
    TEMPORARY_PASSWORD_EXPIRED,
    TEMPORARY_PASSWORD_SUPERSEDED,
    TEMPORARY_PASSWORD_USED,
    TEMPORARY_PASSWORD_VOID,
    Reason,
)


@dataclass(frozen=True, slots=True)
class TemporaryPasswordPolicy:
    """The lifetime of a temporary password."""

    life: timedelta = knob(
        timedelta(days=7),
        "How long a temporary password works.",
        "C8",
        form=span(timedelta(seconds=1), timedelta(days=30)),
    )


class TemporaryPasswordState(StrEnum):
    """The state of a temporary password."""

    LIVE = "live"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    USED = "used"
    VOID = "void"


class TemporaryPasswordFacts(Struct, frozen=True):
    """One generated temporary password."""

    expires_at: datetime
    used_at: datetime | None = None
    superseded_at: datetime | None = None
    voided_at: datetime | None = None


REASON_OF: dict[TemporaryPasswordState, Reason] = {
    TemporaryPasswordState.EXPIRED: TEMPORARY_PASSWORD_EXPIRED,
    TemporaryPasswordState.SUPERSEDED: TEMPORARY_PASSWORD_SUPERSEDED,
    TemporaryPasswordState.USED: TEMPORARY_PASSWORD_USED,
    TemporaryPasswordState.VOID: TEMPORARY_PASSWORD_VOID,
}


def state(password: TemporaryPasswordFacts, now: datetime) -> TemporaryPasswordState:
    """The state of the temporary password at `now`."""
    if password.used_at:
        return TemporaryPasswordState.USED
    if password.superseded_at:
        return TemporaryPasswordState.SUPERSEDED
    if was_voided(password.voided_at, password.expires_at):
        return TemporaryPasswordState.VOID
    return TemporaryPasswordState.EXPIRED if now >= password.expires_at else TemporaryPasswordState.LIVE
