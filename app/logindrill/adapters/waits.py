"""How a call waits: in the server's event loop other calls run meanwhile, everywhere else its thread is blocked."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Protocol, TypeVar

T = TypeVar("T")


class Signal(Protocol):
    """Something that one call waits for and another one, of any thread, gives."""

    def wait(self, patience: timedelta) -> bool:
        """Whether it was given in time."""

    def give(self) -> None:
        """Let the waiting call go on."""


class Waits(Protocol):
    """The ways in which a call lets time pass."""

    in_loop: bool
    """Whether calls run in an event loop, where nothing may block the thread."""

    def sleep(self, duration: timedelta) -> None:
        """Return after a real duration."""

    def in_thread(self, function: Callable[[], T]) -> T:
        """The result of a function that computes or waits for long without needing the interpreter."""

    def signal(self) -> Signal:
        """A signal for the call that asks."""


class BlockingSignal:
    """A signal that blocks the thread of the waiting call."""

    def __init__(self) -> None:
        self._given = threading.Event()

    def wait(self, patience: timedelta) -> bool:
        """Whether it was given in time."""
        return self._given.wait(patience.total_seconds())

    def give(self) -> None:
        """Let the waiting call go on."""
        self._given.set()


class BlockingWaits:
    """For tests, commands and threads: the thread itself waits."""

    in_loop = False

    def sleep(self, duration: timedelta) -> None:
        """Block this thread."""
        time.sleep(duration.total_seconds())

    def in_thread(self, function: Callable[[], T]) -> T:
        """Call the function in this thread."""
        return function()

    def signal(self) -> Signal:
        """A signal that blocks this thread."""
        return BlockingSignal()


_BLOCKING = BlockingWaits()
_CURRENT: ContextVar[Waits] = ContextVar("waits", default=_BLOCKING)


def here() -> Waits:
    """How this call waits."""
    return _CURRENT.get()


@contextmanager
def waiting_by(waits: Waits) -> Iterator[None]:
    """Within the block, calls wait in the given way."""
    token = _CURRENT.set(waits)
    try:
        yield
    finally:
        _CURRENT.reset(token)


class TurnMissed(Exception):
    """The turn did not come in time."""


class Turn:
    """A lock for calls: first come, first served, and who waits lets other calls run."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._waiting: deque[Signal] = deque()

    def __len__(self) -> int:
        """How many calls wait for the turn."""
        return len(self._waiting)

    @contextmanager
    def taken(self, patience: timedelta) -> Iterator[None]:
        """Within the block, nobody else has the turn; raises TurnMissed when it does not come in time."""
        self._take(patience)
        try:
            yield
        finally:
            self._pass_on()

    def _take(self, patience: timedelta) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            signal = here().signal()
            self._waiting.append(signal)
        in_time = False
        try:
            in_time = signal.wait(patience)
        finally:
            if not in_time:
                self._leave(signal)

    def _leave(self, signal: Signal) -> None:
        """Stop waiting; a turn that came at the last moment is passed on. Raises TurnMissed."""
        with self._guard:
            came = signal not in self._waiting
            if not came:
                self._waiting.remove(signal)
        if came:
            self._pass_on()
        raise TurnMissed

    def _pass_on(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().give()
            else:
                self._taken = False
