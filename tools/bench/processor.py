"""Reads how much processor time a process has used, together with the processes it started."""

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_USER = 11
"""Where a process's own user time is among the fields behind its name; own system time and both of its ended
children follow (proc_pid_stat(5))."""


def spent_by(pid: int) -> float:
    """Seconds of processor time of a process and its descendants, also of those that have ended; 0 without it."""
    return sum(_ticks(one) for one in (pid, *descendants(pid))) / _TICKS


def descendants(pid: int) -> list[int]:
    """The processes that it started, and those that they started."""
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:  # it has ended
        return []
    return [grandchild for child in map(int, found) for grandchild in (child, *descendants(child))]


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(map(int, fields[_USER : _USER + 4]))
