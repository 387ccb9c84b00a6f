"""Faults: something broken on purpose, for certain calls, so many times; never by chance."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

LONGEST_LATENCY = timedelta(seconds=30)
MOST_TIMES = 1_000_000


@dataclass(frozen=True, slots=True)
class CallFacts:
    """The call that is about to be answered."""

    operation: str
    method: str
    path: str
    client: str
    user: str | None


@dataclass(frozen=True, slots=True)
class Effect:
    """What happens instead of an answer, or before it: `latency` alone only delays."""

    status: int | None = None
    body: Any = None
    latency: timedelta | None = None
    drop: bool = False
    hang: bool = False
    retry_after: timedelta | None = None

    @property
    def only_delays(self) -> bool:
        """Whether the service still answers, later."""
        return self.status is None and not self.drop and not self.hang


@dataclass(frozen=True, slots=True)
class Fault:
    """An armed fault. `met` counts matching calls so far: the first `skip` pass, the next `times` are hit."""

    id: str
    effect: Effect
    match: Mapping[str, str] = field(default_factory=dict)
    skip: int = 0
    times: int = 1
    met: int = 0

    @property
    def strikes(self) -> bool:
        """Whether the next matching call is hit."""
        return self.skip <= self.met < self.skip + self.times

    @property
    def is_spent(self) -> bool:
        """Whether no call will be hit any more."""
        return self.met >= self.skip + self.times


def met_by(faults: Iterable[Fault], call: CallFacts) -> list[Fault]:
    """The armed faults that this call meets, oldest first; each counts it. The one that strikes is the last of them."""
    met: list[Fault] = []
    for fault in faults:
        if not fault.is_spent and matches(fault.match, call):
            met.append(fault)
            if fault.strikes:
                break
    return met


def matches(match: Mapping[str, str], call: CallFacts) -> bool:
    """Whether everything that the fault names is so."""
    return all(getattr(call, name) == value for name, value in match.items())
