"""Ends the server together with another process, such as a run of tests that is killed before it can stop it."""

import os
import select
import signal
import threading
from datetime import timedelta

from logindrill.adapters.clock import RealClock
from logindrill.serving.failures import CannotStart

_BETWEEN_LOOKS = timedelta(seconds=0.5)


def end_with(pid: int) -> None:
    """Send SIGTERM to this process as soon as another one has ended; raises CannotStart where there is none."""
    watched = _open(pid)
    own = os.getpid()

    def wait() -> None:
        _wait(pid, watched)
        os.kill(own, signal.SIGTERM)

    threading.Thread(target=wait, daemon=True, name="until-pid").start()


def _open(pid: int) -> int | None:
    """What tells the end of a process, also where its number is used again; None where the system has no such thing."""
    try:
        os.kill(pid, 0)
        return os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None
    except PermissionError:  # somebody else's process
        return None
    except (ProcessLookupError, OverflowError) as error:
        raise CannotStart(f"--until-pid: there is no process {pid}") from error


def _wait(pid: int, watched: int | None) -> None:
    if watched is not None:
        select.select([watched], [], [])
        return
    while _lives(pid):
        RealClock().sleep(_BETWEEN_LOOKS)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's process
        pass
    return True
