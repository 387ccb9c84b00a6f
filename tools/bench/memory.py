"""Measures how much memory a server uses, all its processes together."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_KIB_IN_MIB = 1024


@dataclass(frozen=True, slots=True)
class Memory:
    """In MiB. `rss` counts a page once for each process that has it, `pss` once altogether."""

    rss: float
    pss: float


def weigh(pids: Iterable[int]) -> Memory:
    """The memory of these processes at this moment, as Linux reports it."""
    found = [_read(pid) for pid in pids]
    return Memory(rss=sum(one.rss for one in found), pss=sum(one.pss for one in found))


def _read(pid: int) -> Memory:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    sizes = {name: float(rest.split()[0]) / _KIB_IN_MIB for name, rest in (line.split(":", 1) for line in lines)}
    return Memory(rss=sizes["Rss"], pss=sizes["Pss"])
