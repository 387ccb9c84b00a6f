"""The life of an account as a drawing, from the transition table, with one person's place in it."""

from collections import defaultdict
from dataclasses import dataclass

from logindrill.rules.lifecycle import USER_TRANSITIONS, UserStatus, UserStep
from logindrill.rules.reasons import Reason

_PLACES = {
    UserStatus.INVITED: (50, 24),
    UserStatus.ACTIVE: (198, 24),
    UserStatus.DEACTIVATED: (366, 24),
    UserStatus.MERGED: (290, 138),
    UserStatus.DELETED: (106, 138),
}
_HALF = (46, 15)
_APART = 7
_NAMED_AT = 0.36
"""How far two arrows between the same places keep from one another."""


@dataclass(frozen=True, slots=True)
class State:
    """One place in life: its middle, and whether the person is there."""

    name: str
    x: int
    y: int
    here: bool


@dataclass(frozen=True, slots=True)
class Arrow:
    """A step from one place to another: ends of the arrow, and where its name stands."""

    name: str
    x1: float
    y1: float
    x2: float
    y2: float
    from_here: bool

    @property
    def label(self) -> tuple[float, float]:
        """Where the name of the step stands: nearer to where it begins, so that the way back has room for its own."""
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
        """The person's place and what can follow, in words."""
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
        State(name.value, *_PLACES[name], name == status)
        for name in UserStatus
        if with_mergers or name is not UserStatus.MERGED
    )
    arrows = (_arrow(before, after, names, status) for (before, after), names in steps.items())
    return Life(states, tuple(arrows))


def _arrow(before: UserStatus, after: UserStatus, steps: list[UserStep], status: str) -> Arrow:
    """From edge to edge, a little beside the straight line, so that the way back has room."""
    (x1, y1), (x2, y2) = _PLACES[before], _PLACES[after]
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
    """How far the edge of a box is from its middle in a direction."""
    width, height = _HALF
    sideways = width / abs(across) if across else float("inf")
    upright = height / abs(down) if down else float("inf")
    return min(sideways, upright) + 2
