"""Measures every server once a round, so that a disturbance of the machine affects all of them."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from tools.bench.quiet import Guard

Result = TypeVar("Result")


def take_turns(
    measurements: Mapping[str, Callable[[], Result]], rounds: int, guard: Guard | None = None
) -> dict[str, list[Result]]:
    """The results of every measurement by name, one per round; every second round runs in reverse order."""
    results: dict[str, list[Result]] = {name: [] for name in measurements}
    for turn in range(rounds):
        names = list(measurements)
        for name in names if turn % 2 == 0 else reversed(names):
            measure = measurements[name]
            results[name].append(guard.take(measure).result if guard else measure())
    return results
