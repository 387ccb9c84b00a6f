"""Ends a process that is asked to stop before it is ready: with one line, an exit code, and nothing temporary left.

Until the server accepts calls, there is nothing to finish: databases roll back what was not committed. So the process
ends inside the signal's handler. An exception raised there would come out of whatever runs just then, an import or a
destructor, as a traceback or not at all.
"""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
BY_SIGNAL = 128
"""A process that a signal ended has this exit code and the signal's number, as in a shell."""

_leftovers: list[Callable[[], None]] = []


def end_when_stopped() -> None:
    """From now on, a stop signal ends the process at once; whoever serves calls sets other handlers."""
    for number in STOP_SIGNALS:
        signal.signal(number, _end)


def as_usual() -> None:
    """Have Python handle the stop signals as it does for every program."""
    for number in STOP_SIGNALS:
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)


@contextmanager
def held() -> Iterator[None]:
    """Stop signals wait until the end of the block: what it makes is then known to `clean_up_by`."""
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)


def clean_up_by(remove: Callable[[], None]) -> None:
    """Call this function before a stop signal ends the process."""
    _leftovers.append(remove)


def tell(number: int) -> int:
    """Print on standard error that a signal stopped the process before it was ready; returns the exit code."""
    os.write(2, f"logindrill: stopped by {signal.Signals(number).name} before it was ready\n".encode())
    return BY_SIGNAL + number


def _end(number: int, _frame: object) -> None:
    for other in STOP_SIGNALS:
        signal.signal(other, signal.SIG_IGN)
    for remove in _leftovers:
        remove()
    os._exit(tell(number))
