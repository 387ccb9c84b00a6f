"""Computes a small bar chart of attempts over time; a template draws it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

OUTCOMES = ("refused", "continued", "succeeded")
"""From the bottom up."""
COLUMNS = 36
HEIGHT = 40


@dataclass(frozen=True, slots=True)
class Bar:
    """One block of a column: place and size in the units of the drawing."""

    outcome: str
    x: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """The blocks, their total count, and the time they cover."""

    bars: tuple[Bar, ...]
    totals: dict[str, int]
    since: datetime
    until: datetime
    highest: int


def chart(attempts: Sequence[tuple[datetime, str]]) -> Chart | None:
    """The attempts by time and outcome; None where there are none yet."""
    if not attempts:
        return None
    since, until = min(at for at, _ in attempts), max(at for at, _ in attempts)
    width = max((until - since) / (COLUMNS - 1), timedelta(seconds=1))
    counts = Counter((int((at - since) / width), outcome) for at, outcome in attempts)
    highest = max(sum(counts[column, outcome] for outcome in OUTCOMES) for column in range(COLUMNS))
    bars = []
    for column in range(COLUMNS):
        ground = float(HEIGHT)
        for outcome in OUTCOMES:
            height = round(counts[column, outcome] * HEIGHT / highest, 2)
            if height:
                ground = round(ground - height, 2)
                bars.append(Bar(outcome, column, ground, height))
    totals = Counter(outcome for _, outcome in attempts)
    return Chart(tuple(bars), {outcome: totals[outcome] for outcome in OUTCOMES}, since, until, highest)
