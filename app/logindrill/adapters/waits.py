"""How a call waits: in the server's event loop other calls run meanwhile, everywhere else its thread is blocked."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Protocol, TypeVar

T = TypeVar("T")


class Waits(Protocol):
    """The two ways in which a call lets time pass."""

    def sleep(self, duration: timedelta) -> None:
        """Return after a real duration."""

    def in_thread(self, function: Callable[[], T]) -> T:
        """The result of a function that computes or waits for long without needing the interpreter."""


class BlockingWaits:
    """For tests, commands and threads: the thread itself waits."""

    def sleep(self, duration: timedelta) -> None:
        """Block this thread."""
        time.sleep(duration.total_seconds())

    def in_thread(self, function: Callable[[], T]) -> T:
        """Call the function in this thread."""
        return function()


_BLOCKING = BlockingWaits()
_CURRENT: ContextVar[Waits] = ContextVar("waits", default=_BLOCKING)


def sleep(duration: timedelta) -> None:
    """Let a real duration pass."""
    _CURRENT.get().sleep(duration)


def in_thread(function: Callable[[], T]) -> T:
    """The result of a function that computes or waits for long without needing the interpreter, such as a dear hash."""
    return _CURRENT.get().in_thread(function)


@contextmanager
def waiting_by(waits: Waits) -> Iterator[None]:
    """Within the block, calls wait in the given way."""
    token = _CURRENT.set(waits)
    try:
        yield
    finally:
        _CURRENT.reset(token)
