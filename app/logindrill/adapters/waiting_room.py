"""Limits how many calls may wait on purpose at one time, so that their memory has a limit."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore


class WaitingRoom:
    """A fixed number of slots in one process; a call that finds no free slot does not wait for one."""

    def __init__(self, slots: int) -> None:
        self._slots = BoundedSemaphore(slots)

    @contextmanager
    def slot(self) -> Iterator[bool]:
        """Whether a slot is free; the slot is kept until the end of the block."""
        taken = self._slots.acquire(blocking=False)
        try:
            yield taken
        finally:
            if taken:
                self._slots.release()
