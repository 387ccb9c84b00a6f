"""How strong a storm is: whole, as `make weather` and the wide tests have it, or a short form of seconds."""

from dataclasses import dataclass
from typing import TypeVar

Number = TypeVar("Number", int, float)


@dataclass(frozen=True, slots=True)
class Strength:
    """One of the two."""

    whole: bool

    def of(self, whole: Number, short: Number) -> Number:
        """The number that belongs to it."""
        return whole if self.whole else short


WHOLE, SHORT = Strength(True), Strength(False)
