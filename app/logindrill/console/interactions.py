"""Draws the attempts of one interaction with an application together: as one line of steps."""

from collections.abc import Iterable
from dataclasses import dataclass

from logindrill.services.timelines import Happening, Try


@dataclass(frozen=True, slots=True)
class Interaction:
    """What belongs to one authorization request, the oldest step first."""

    id: str
    application_id: str | None
    steps: tuple[Try, ...]

    @property
    def last(self) -> Try:
        """What came of it."""
        return self.steps[-1]


def together(lines: Iterable[Try | Happening]) -> list[Try | Happening | Interaction]:
    """The lines, newest first; those of one interaction stand where its newest is. A single step stays as it is."""
    found: dict[str, list[Try]] = {}
    order: list[Try | Happening | str] = []
    for line in lines:
        interaction_id = line.interaction_id if isinstance(line, Try) else None
        if not isinstance(line, Try) or interaction_id is None:
            order.append(line)
            continue
        if interaction_id not in found:
            order.append(interaction_id)
        found.setdefault(interaction_id, []).append(line)
    return [_interaction(one, found[one]) if isinstance(one, str) else one for one in order]


def _interaction(interaction_id: str, newest_first: list[Try]) -> Try | Interaction:
    if len(newest_first) == 1:
        return newest_first[0]
    named = next((step.application_id for step in newest_first if step.application_id), None)
    return Interaction(interaction_id, named, tuple(reversed(newest_first)))
