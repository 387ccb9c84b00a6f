"""Holds what was measured: the values of several rounds, their median, and the goal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound for the median: at most or at least; `aim` is the better one that was hoped for."""

    bound: float
    at_least: bool = False
    aim: float | None = None

    def is_met_by(self, value: float) -> bool:
        """Whether the value keeps the bound."""
        return value >= self.bound if self.at_least else value <= self.bound


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell of a table: the same thing measured several times."""

    table: str
    row: str
    column: str
    unit: str
    """ms, s, MiB, %, µs, times or /s; it follows the number."""
    values: tuple[float, ...]
    goal: Goal | None = None
    disturbed: int = 0
    """How many of the values were measured while others used the processor."""

    @property
    def median(self) -> float:
        """The middle of the rounds."""
        return median(self.values)

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is reached; None where there is none."""
        return None if self.goal is None else self.goal.is_met_by(self.median)

    def as_json(self) -> dict[str, Any]:
        """Everything about it as plain values."""
        document: dict[str, Any] = {"table": self.table, "row": self.row, "column": self.column, "unit": self.unit}
        document |= {
            "median": self.median,
            "min": min(self.values),
            "max": max(self.values),
            "rounds": len(self.values),
            "disturbed": self.disturbed,
        }
        if self.goal is not None:
            bound = "at_least" if self.goal.at_least else "at_most"
            document["goal"] = {bound: self.goal.bound, "aim": self.goal.aim, "met": self.is_met}
        return document


def shares(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, ...]:
    """Ours in per cent of theirs, round by round, so that what disturbed both cancels."""
    return tuple(100 * one / other for one, other in zip(ours, theirs, strict=True))


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, ...]:
    """How many times theirs ours is, round by round."""
    return tuple(one / other for one, other in zip(ours, theirs, strict=True))


def milliseconds(seconds: Iterable[float]) -> tuple[float, ...]:
    """Seconds as milliseconds."""
    return tuple(1000 * value for value in seconds)
