"""Makes something once, when it is first needed, in another thread: whoever does not need it never waits for it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Generic, TypeVar

from logindrill.adapters import waits

Made = TypeVar("Made")

_PATIENCE = timedelta(minutes=1)
"""How long those wait who come while it is being made."""


class Once(Generic[Made]):
    """What a function makes; meanwhile other calls run. Where it fails, the next one who asks tries again."""

    def __init__(self, make: Callable[[], Made]) -> None:
        self._make = make
        self._made: Made | None = None
        self._turn = waits.Turn()

    def get(self) -> Made:
        """What was made. Raises what the function raises."""
        if self._made is None:
            with self._turn.taken(_PATIENCE):
                if self._made is None:
                    self._made = waits.here().in_thread(self._make)
        return self._made
