"""Faults: something broken on purpose, for certain calls and a limited number of times; never by chance."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from msgspec import Struct, field

LONGEST_LATENCY = timedelta(seconds=30)
MOST_TIMES = 1_000_000


class CallFacts(Struct, frozen=True):
    """The call that is about to be answered."""

    operation: str
    method: str
    path: str
    client: str
    user: str | None


class Effect(Struct, frozen=True):
    """The effect on a call: an answer instead of the service's, a delay before it (`latency` alone), or an answer that
    is falsified as `token` says (`rules/token_faults`).
    """

    status: int | None = None
    body: Any = None
    latency: timedelta | None = None
    drop: bool = False
    hang: bool = False
    retry_after: timedelta | None = None
    token: str | None = None

    @property
    def only_delays(self) -> bool:
        """Whether the service still answers, after a delay."""
        return self.status is None and not self.drop and not self.hang


class FaultFacts(Struct, frozen=True):
    """An armed fault. `met` counts matching calls so far: the first `skip` pass, the next `times` are affected."""

    id: str
    effect: Effect
    match: Mapping[str, str] = field(default_factory=dict)
    skip: int = 0
    times: int = 1
    met: int = 0

    @property
    def is_due(self) -> bool:
        """Whether the next matching call is affected."""
        return self.skip <= self.met < self.skip + self.times

    @property
    def is_spent(self) -> bool:
        """Whether no further call will be affected."""
        return self.met >= self.skip + self.times


def matching(faults: Iterable[FaultFacts], call: CallFacts) -> list[FaultFacts]:
    """The armed faults that match this call, oldest first; each counts it.

    The one that is triggered is the last of them.
    """
    met: list[FaultFacts] = []
    for fault in faults:
        if not fault.is_spent and matches(fault.match, call):
            met.append(fault)
            if fault.is_due:
                break
    return met


def matches(match: Mapping[str, str], call: CallFacts) -> bool:
    """Whether the call has every property of the fault."""
    return all(getattr(call, name) == value for name, value in match.items())
