"""A sandbox's clock: it only goes forward, and no further than times can be reckoned with (overall rule 8)."""

from datetime import UTC, datetime

from logindrill.rules.decisions import Refused, invalid
from logindrill.rules.durations import render_duration
from logindrill.rules.reasons import CLOCK_BACKWARDS

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
LATEST = datetime(9000, 1, 1, tzinfo=UTC)
"""Every span that a knob allows can be added to or taken from a time between these two."""


def is_reckonable(at: datetime) -> bool:
    """Whether a time lies between the earliest and the latest one that a sandbox can deal with."""
    return EARLIEST <= at <= LATEST


def judge_move(now: datetime, to: datetime, field: str = "to") -> None:
    """Raise `Refused` for a move into the past (only a snapshot leads there), `Invalid` for one beyond reckoning."""
    if not is_reckonable(to):
        raise invalid(field, f"A time from {EARLIEST.year} to {LATEST.year}.")
    if to < now:
        raise Refused(CLOCK_BACKWARDS, detail=f"That is {render_duration(now - to)} before the sandbox's time.")
