"""What a storm left behind: one row of the report, and whether the promises were kept."""

from dataclasses import dataclass, field

from tools.weather.others import Felt


class StormFailed(Exception):
    """A promise was broken; the message says which."""


@dataclass(slots=True)
class Record:
    """One storm."""

    name: str
    done: str
    """What was done, and how often."""
    felt: Felt
    """By the others, during the storm."""
    quiet: Felt
    """By the same others, before it."""
    whole_after: float | None = None
    """The seconds until everything was well again; None where nothing had broken."""
    lost: list[str] = field(default_factory=list)
    """What had been acknowledged and was not there afterwards, or was won twice."""
    notes: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    """Other promises that were broken."""

    def require(self) -> None:
        """Raise StormFailed where a promise was broken; no promise is about time."""
        wrong = [*self.wrong, *(f"lost: {thing}" for thing in self.lost)]
        if self.felt.failed:
            wrong.append(f"{self.felt.failed} answers with 500: {self.felt.examples}")
        if wrong:
            raise StormFailed(f"{self.name}: {'; '.join(wrong[:8])}")
