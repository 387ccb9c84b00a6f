"""Chooses the processor cores: one for the server alone, another for the load generator."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


class TooFewCores(Exception):
    """The machine cannot keep server and load apart; the message is one line for a person."""


@dataclass(frozen=True, slots=True)
class Cores:
    """The core of the server, and the core of whoever calls it."""

    server: int
    load: int

    @property
    def both(self) -> tuple[int, int]:
        """What a server of two workers may use."""
        return (self.server, self.load)


def choose_cores() -> Cores:
    """Two cores this process may use; raises TooFewCores where there is one only."""
    usable = sorted(os.sched_getaffinity(0))
    if len(usable) < 2:
        raise TooFewCores("two processor cores are needed: one for the server, one for the load")
    return Cores(server=usable[0], load=usable[1])


@contextmanager
def staying_on(*cores: int) -> Iterator[None]:
    """Keep this process, and those it starts meanwhile, on these cores."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
