"""A sandbox's clock: it only moves forward, and only within the range of valid times (overall rule 8)."""

from datetime import UTC, datetime
from enum import StrEnum

from logindrill.rules.decisions import Refused, invalid
from logindrill.rules.durations import render_duration
from logindrill.rules.reasons import CLOCK_BACKWARDS


class ClockMode(StrEnum):
    """Whether a sandbox's clock follows real time, or stands still until it is moved."""

    RUNNING = "running"
    FROZEN = "frozen"


EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = datetime(2120, 1, 1, tzinfo=UTC)
"""A clock shows a time between these two, so that a running one is never a hundred years off real time."""

_OLDEST = datetime(1900, 1, 1, tzinfo=UTC)
_REMOTEST = datetime(9000, 1, 1, tzinfo=UTC)


def is_in_range(at: datetime) -> bool:
    """Whether every duration that a knob allows can be added to a time and subtracted from it."""
    return _OLDEST <= at <= _REMOTEST


def judge_time(at: datetime, field: str) -> None:
    """Raise `Invalid` for a time that no clock can show."""
    if not EARLIEST <= at <= LATEST:
        raise invalid(field, f"A clock shows times from {EARLIEST.year} to {LATEST.year}.")


def judge_move(now: datetime, to: datetime, field: str = "to") -> None:
    """Raise `Refused` for a move into the past (only a snapshot leads there), `Invalid` for one out of range
    (overall rule 8).
    """
    if to < now:
        raise Refused(CLOCK_BACKWARDS, detail=f"That is {render_duration(now - to)} before the sandbox's time.")
    judge_time(to, field)
