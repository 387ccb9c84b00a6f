"""Draws an account's life cycle from the transition table, with the person's current status marked."""

from collections import defaultdict
from dataclasses import dataclass

from logindrill.rules.lifecycle import USER_TRANSITIONS, UserStatus, UserStep
from logindrill.rules.reasons import Reason

_POSITIONS = {
    UserStatus.INVITED: (50, 24),
    UserStatus.ACTIVE: (198, 24),
    UserStatus.DEACTIVATED: (366, 24),
    UserStatus.MERGED: (290, 138),
    UserStatus.DELETED: (106, 138),
}
_HALF = (46, 15)
_APART = 7
_NAMED_AT = 0.36
"""The distance between two arrows that connect the same statuses."""


@dataclass(frozen=True, slots=True)
class State:
    """One status: the middle of its box, and whether the person has it."""

    name: str
    x: int
    y: int
    here: bool


@dataclass(frozen=True, slots=True)
class Arrow:
    """A transition: the ends of the arrow, and the position of its label."""

    name: str
    x1: float
    y1: float
    x2: float
    y2: float
    from_here: bool

    @property
    def label(self) -> tuple[float, float]:
        """The position of the label: nearer to the start, so that the opposite arrow has room for its own."""
        if self.y1 == self.y2:
            return round((self.x1 + self.x2) / 2, 1), self.y1 + (11 if self.x1 < self.x2 else -4)
        return (
            round(self.x1 + (self.x2 - self.x1) * _NAMED_AT, 1),
            round(self.y1 + (self.y2 - self.y1) * _NAMED_AT + 3, 1),
        )


@dataclass(frozen=True, slots=True)
class Life:
    """The whole drawing."""

    states: tuple[State, ...]
    arrows: tuple[Arrow, ...]

    @property
    def said(self) -> str:
        """The person's status and the possible transitions, in words."""
        here = next((state.name for state in self.states if state.here), "nowhere")
        steps = ", ".join(arrow.name for arrow in self.arrows if arrow.from_here)
        return f"The account is {here}." + (f" From here: {steps}." if steps else "")


def life(status: str, *, with_mergers: bool) -> Life:
    """The drawing for an account of this status; not every service merges accounts."""
    steps: dict[tuple[UserStatus, UserStatus], list[UserStep]] = defaultdict(list)
    for (before, step), after in USER_TRANSITIONS.items():
        if isinstance(after, Reason) or after is before:
            continue
        if with_mergers or UserStatus.MERGED not in {before, after}:
            steps[before, after].append(step)
    states = tuple(
        State(name.value, *_POSITIONS[name], name == status)
        for name in UserStatus
        if with_mergers or name is not UserStatus.MERGED
    )
    arrows = (_arrow(before, after, names, status) for (before, after), names in steps.items())
    return Life(states, tuple(arrows))


def _arrow(before: UserStatus, after: UserStatus, steps: list[UserStep], status: str) -> Arrow:
    """From edge to edge, a little beside the straight line, so that the opposite arrow has room."""
    (x1, y1), (x2, y2) = _POSITIONS[before], _POSITIONS[after]
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    across, down = (x2 - x1) / length, (y2 - y1) / length
    aside_x, aside_y = -down * _APART, across * _APART
    reach = _reach(across, down)
    return Arrow(
        name=", ".join(step.value for step in steps),
        x1=round(x1 + across * reach + aside_x, 1),
        y1=round(y1 + down * reach + aside_y, 1),
        x2=round(x2 - across * reach + aside_x, 1),
        y2=round(y2 - down * reach + aside_y, 1),
        from_here=before == status,
    )


def _reach(across: float, down: float) -> float:
    """The distance from the middle of a box to its edge, in a direction."""
    width, height = _HALF
    sideways = width / abs(across) if across else float("inf")
    upright = height / abs(down) if down else float("inf")
    return min(sideways, upright) + 2
