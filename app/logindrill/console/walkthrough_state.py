"""The state of a walkthrough: the result of each step, so that going back removes the results of later steps.

It is kept in a cookie, as it belongs to one person's demonstration, and signed, as it is used to make calls.
"""

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Response, current_app, request

from logindrill.adapters.signing import TokenSigner
from logindrill.console.admission import home, names
from logindrill.web.operations import SECURE

Memory = Mapping[str, Mapping[str, Any]]
"""The player's known values, and the tokens of each client device."""
_PURPOSE = "walk"
_LONGEST = 3_500
_NOTHING_HELD = [None, None]


class Overfull(Exception):
    """A walk has brought more than a cookie can hold."""


@dataclass(slots=True)
class WalkthroughState:
    """What each step of one walk in one sandbox has brought, by number."""

    sandbox: str
    scenario: str = ""
    """The name of the scenario; empty where no walk is under way."""
    steps: dict[int, dict[str, Any]] = field(default_factory=dict)

    def before(self, number: int) -> Memory:
        """Everything that the earlier steps have brought."""
        found: dict[str, dict[str, Any]] = {"known": {}, "held": {}}
        for taken in sorted(self.steps):
            if taken < number:
                found["known"].update(self.steps[taken]["known"])
                found["held"].update(self.steps[taken]["held"])
        return found

    @property
    def next(self) -> int:
        """The number of the next step."""
        return max(self.steps, default=-1) + 1

    def keep(self, number: int, before: Memory, after: Memory, seen: str | None) -> None:
        """Store what a step of the console brought; `seen` is the newest attempt at its end."""
        gone = dict.fromkeys(before["held"].keys() - after["held"].keys(), _NOTHING_HELD)
        brought: dict[str, Any] = {part: _new(before[part], after[part]) for part in ("known", "held")}
        brought["held"].update(gone)
        self.steps[number] = brought | {"seen": seen}

    def keep_by_hand(self, number: int, seen: str | None) -> None:
        """Store that somebody took the step in the window: what it brought stayed there."""
        self.steps[number] = {"known": {}, "held": {}, "seen": seen, "by_hand": True}

    def first_by_hand(self, number: int) -> int | None:
        """The first of the steps before this one that was taken in the window."""
        return next((taken for taken in sorted(self.steps) if taken < number and self.is_by_hand(taken)), None)

    def is_by_hand(self, number: int) -> bool:
        """Whether a step was taken in the window."""
        return bool(self.steps.get(number, {}).get("by_hand"))

    def seen_before(self, number: int) -> str | None:
        """The newest attempt when this step came to be the next one; None where there was none."""
        return self.steps.get(number - 1, {}).get("seen")

    def forget(self, number: int) -> None:
        """Remove a step and all later ones."""
        self.steps = {taken: brought for taken, brought in self.steps.items() if taken < number}


def moment(number: int) -> str:
    """The name of the snapshot of the moment before a step."""
    return f"walk, before step {number + 1}"


def read(signer: TokenSigner, sandbox_id: str) -> WalkthroughState:
    """The state that this browser holds for a sandbox; a forged cookie counts as none."""
    kept = signer.read(_PURPOSE, request.cookies.get(_cookie(), ""))
    try:
        sandbox, scenario, steps = json.loads(zlib.decompress(urlsafe_b64decode(kept or "")))
    except (zlib.error, ValueError):
        return WalkthroughState(sandbox_id)
    return (
        WalkthroughState(sandbox_id, scenario, dict(steps)) if sandbox == sandbox_id else WalkthroughState(sandbox_id)
    )


def give(response: Response, signer: TokenSigner, walkthrough_state: WalkthroughState) -> None:
    """Have the browser keep it for a day, separately for each sandbox."""
    secure = current_app.extensions[SECURE]
    path = f"{home()}/s/{walkthrough_state.sandbox}"
    kept = signer.sign(_PURPOSE, _packed(walkthrough_state))
    response.set_cookie(_cookie(), kept, path=path, secure=secure, httponly=True, samesite="Strict", max_age=86_400)


def require_room(walkthrough_state: WalkthroughState) -> None:
    """Raise Overfull where the browser could not hold it, so that nothing is lost silently."""
    if len(_packed(walkthrough_state)) > _LONGEST:
        raise Overfull


def _packed(walkthrough_state: WalkthroughState) -> str:
    """Packed: names and seats come again with every step, and shrink to a third."""
    state = [walkthrough_state.sandbox, walkthrough_state.scenario, list(walkthrough_state.steps.items())]
    written = json.dumps(state, separators=(",", ":")).encode()
    return urlsafe_b64encode(zlib.compress(written, 9)).decode()


def _new(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in after.items() if before.get(name) != value}


def _cookie() -> str:
    return f"{names().prefix}ld_{_PURPOSE}"
