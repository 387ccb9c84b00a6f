"""Writes the page about the life of an account, drawn from the transition tables."""

from collections.abc import Mapping
from typing import Any

from logindrill.reference.markdown import GENERATED, table
from logindrill.rules.lifecycle import MEMBERSHIP_TRANSITIONS, USER_TRANSITIONS
from logindrill.rules.reasons import Reason

Transitions = Mapping[Any, Any]


def page() -> str:
    """A diagram and the whole transition table, for accounts and for memberships."""
    return (
        GENERATED
        + "# Life of an account\n\n"
        + _diagram(USER_TRANSITIONS, "invited")
        + "\nA lock, a temporary password, a second factor and device trust are not states: they are facts with an "
        + "end time. The table shows for each state (row) and step (column) the next state, or the reason of a "
        + "refusal.\n\n"
        + _table(USER_TRANSITIONS)
        + "\n# Life of a membership\n\n"
        + _diagram(MEMBERSHIP_TRANSITIONS, "granted")
        + "\n"
        + _table(MEMBERSHIP_TRANSITIONS)
    )


def _diagram(transitions: Transitions, start: str) -> str:
    arrows = [
        f"    {state} --> {after}: {step}"
        for (state, step), after in transitions.items()
        if not isinstance(after, Reason) and after != state
    ]
    return "\n".join(["```mermaid", "stateDiagram-v2", f"    [*] --> {start}", *arrows, "```", ""])


def _table(transitions: Transitions) -> str:
    states = list(dict.fromkeys(state for state, _ in transitions))
    steps = list(dict.fromkeys(step for _, step in transitions))
    rows = [[f"`{state}`", *(_cell(transitions[state, step]) for step in steps)] for state in states]
    return table(["", *(f"`{step}`" for step in steps)], rows)


def _cell(after: "str | Reason") -> str:
    return f"refused: `{after.code}`" if isinstance(after, Reason) else f"`{after}`"
