"""Lets a call wait until something is written in a sandbox by another call of this process."""

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from logindrill.adapters import waits
from logindrill.adapters.waits import Signal


class Changes:
    """Signals for those who watch a sandbox, given by whoever has written in it."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._watching: dict[int, set[Signal]] = defaultdict(set)

    @contextmanager
    def watching(self, sandbox_key: int) -> Iterator[Signal]:
        """A signal that the next write in the sandbox gives; what is looked at within the block is never missed."""
        signal = waits.here().signal()
        with self._guard:
            self._watching[sandbox_key].add(signal)
        try:
            yield signal
        finally:
            with self._guard:
                self._watching[sandbox_key].discard(signal)
                if not self._watching[sandbox_key]:
                    del self._watching[sandbox_key]

    def happened(self, sandbox_key: int) -> None:
        """Wake those who watch the sandbox."""
        if sandbox_key not in self._watching:
            return
        with self._guard:
            for signal in self._watching.get(sandbox_key, ()):
                signal.give()
