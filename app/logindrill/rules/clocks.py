"""A sandbox's clock: it only goes forward, and no further than times can be reckoned with (overall rule 8)."""

from datetime import UTC, datetime
from enum import StrEnum

from logindrill.rules.decisions import Refused, invalid
from logindrill.rules.durations import render_duration
from logindrill.rules.reasons import CLOCK_BACKWARDS


class ClockMode(StrEnum):
    """How a sandbox's clock goes: with real time, or not at all until it is moved."""

    RUNNING = "running"
    FROZEN = "frozen"


EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = datetime(2120, 1, 1, tzinfo=UTC)
"""A clock shows a time between these two, so that one that goes is never a hundred years off real time."""

_OLDEST = datetime(1900, 1, 1, tzinfo=UTC)
_REMOTEST = datetime(9000, 1, 1, tzinfo=UTC)


def is_reckonable(at: datetime) -> bool:
    """Whether every span that a knob allows can be added to a time and taken from it."""
    return _OLDEST <= at <= _REMOTEST


def judge_time(at: datetime, field: str) -> None:
    """Raise `Invalid` for a time that no clock shows."""
    if not EARLIEST <= at <= LATEST:
        raise invalid(field, f"A clock shows times from {EARLIEST.year} to {LATEST.year}.")


def judge_move(now: datetime, to: datetime, field: str = "to") -> None:
    """Raise `Refused` for a move into the past (only a snapshot leads there), `Invalid` for one beyond all clocks
    (overall rule 8)."""
    if to < now:
        raise Refused(CLOCK_BACKWARDS, detail=f"That is {render_duration(now - to)} before the sandbox's time.")
    judge_time(to, field)
