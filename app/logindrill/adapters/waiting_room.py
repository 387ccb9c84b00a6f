"""Limits how many calls may wait on purpose at one time, so that they never occupy every thread."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore


class WaitingRoom:
    """A fixed number of places in one process; a call that finds no free place does not wait for one."""

    def __init__(self, places: int) -> None:
        self._places = BoundedSemaphore(places)

    @contextmanager
    def place(self) -> Iterator[bool]:
        """Whether a place is free; the place is kept until the end of the block."""
        taken = self._places.acquire(blocking=False)
        try:
            yield taken
        finally:
            if taken:
                self._places.release()
