"""Watches whether others use the processor while something is measured, and measures it again if so."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from tools.bench.processor import spent_by

Result = TypeVar("Result")

TOLERATED = 0.1
"""How much of one core others may use."""

_TICKS = os.sysconf("SC_CLK_TCK")
_MOST_TRIES = 3


@dataclass(frozen=True, slots=True)
class Use:
    """Processor time since the machine was started, in seconds of one core."""

    at: float
    """The moment, in seconds."""
    busy: float
    """Of all processes."""
    stolen: float
    """What the host of a virtual machine gave to others."""
    own: float

    def foreign_since(self, before: "Use") -> float:
        """How many cores others had meanwhile."""
        foreign = self.busy - before.busy + self.stolen - before.stolen - (self.own - before.own)
        return max(0.0, foreign) / (self.at - before.at)


@dataclass(frozen=True, slots=True)
class Turn(Generic[Result]):
    """One measurement, and how many cores others had meanwhile."""

    result: Result
    foreign: float

    @property
    def is_disturbed(self) -> bool:
        """Whether that is too much."""
        return self.foreign > TOLERATED


class Guard:
    """Takes measurements; those that were disturbed are repeated while its patience lasts, and the best one is kept."""

    def __init__(self, patience: float, look: Callable[[Sequence[int]], Use] | None = None) -> None:
        """`patience` is how many seconds all repetitions together may take."""
        self._patience = patience
        self._look = look or use_of
        self._own = [os.getpid()]
        self.turns = 0
        self.disturbed = 0

    @property
    def remark(self) -> str | None:
        """How much of what was measured was disturbed in spite of it; None where nothing was."""
        if not self.disturbed:
            return None
        return f"other programs used the processor during {self.disturbed} of {self.turns} turns"

    def take(self, measurement: Callable[[], Result]) -> Turn[Result]:
        """Measure, at most three times."""
        best = self._measure(measurement)
        for _ in range(1, _MOST_TRIES):
            if not best.is_disturbed or self._patience <= 0:
                break
            beginning = time.monotonic()
            best = min(best, self._measure(measurement), key=lambda turn: turn.foreign)
            self._patience -= time.monotonic() - beginning
        self.turns += 1
        self.disturbed += best.is_disturbed
        return best

    @contextmanager
    def counting(self, pid: int) -> Iterator[None]:
        """Within the block, a process that is not a child of ours, and what it starts, is none of the others."""
        self._own.append(pid)
        try:
            yield
        finally:
            self._own.remove(pid)

    def _measure(self, measurement: Callable[[], Result]) -> Turn[Result]:
        before = self._look(self._own)
        result = measurement()
        return Turn(result, self._look(self._own).foreign_since(before))


def use_of(own: Sequence[int]) -> Use:
    """The machine's use at this moment; `own` are the processes that belong to the measurement."""
    user, nice, system, _idle, _wait, _irq, _soft_irq, stolen, *_ = _of_all_cores()
    return Use(
        at=time.monotonic(),
        busy=(user + nice + system) / _TICKS,
        stolen=stolen / _TICKS,
        own=sum(spent_by(pid) for pid in own),
    )


def _of_all_cores() -> list[int]:
    with Path("/proc/stat").open() as lines:
        return [int(field) for field in next(lines).split()[1:]]
