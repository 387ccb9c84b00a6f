"""What a walk remembers: what each step has brought, step by step, so that stepping back forgets the later ones.

It is kept by the browser, as it belongs to one person's showing, and signed, as calls are made of it.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Response, current_app, request

from logindrill.adapters.signing import TokenSigner
from logindrill.console.admission import PATH, names
from logindrill.web.operations import SECURE

Memory = Mapping[str, Mapping[str, Any]]
"""What a player knows, and what each seat holds."""
_PURPOSE = "walk"
_LONGEST = 3_500
_NOTHING_HELD = [None, None]


@dataclass(slots=True)
class Memories:
    """Number of a step to what it brought, for one sandbox."""

    sandbox: str
    steps: dict[int, dict[str, dict[str, Any]]] = field(default_factory=dict)

    def before(self, number: int) -> Memory:
        """Everything that the steps before this one have brought."""
        found: dict[str, dict[str, Any]] = {"known": {}, "held": {}}
        for taken in sorted(self.steps):
            if taken < number:
                found["known"].update(self.steps[taken]["known"])
                found["held"].update(self.steps[taken]["held"])
        return found

    @property
    def next(self) -> int:
        """The number of the step that comes after all that were taken."""
        return max(self.steps, default=-1) + 1

    def keep(self, number: int, before: Memory, after: Memory) -> None:
        """What a step brought."""
        gone = dict.fromkeys(before["held"].keys() - after["held"].keys(), _NOTHING_HELD)
        brought = {part: _new(before[part], after[part]) for part in ("known", "held")}
        brought["held"].update(gone)
        self.steps[number] = brought

    def forget(self, number: int) -> None:
        """A step and those after it have not happened."""
        self.steps = {taken: brought for taken, brought in self.steps.items() if taken < number}


def read(signer: TokenSigner, sandbox_id: str) -> Memories:
    """What this browser was given to hold for a sandbox; what others put in its place is nothing."""
    kept = signer.read(_PURPOSE, request.cookies.get(_cookie(), ""))
    sandbox, steps = (None, []) if kept is None else json.loads(urlsafe_b64decode(kept))
    return Memories(sandbox_id, dict(steps) if sandbox == sandbox_id else {})


def give(response: Response, signer: TokenSigner, memories: Memories) -> None:
    """Have the browser hold it for a day, unless it is more than a browser holds; each sandbox's apart."""
    written = json.dumps([memories.sandbox, list(memories.steps.items())], separators=(",", ":"))
    kept = signer.sign(_PURPOSE, urlsafe_b64encode(written.encode()).decode())
    secure = current_app.extensions[SECURE]
    path = f"{PATH}/s/{memories.sandbox}"
    if len(kept) <= _LONGEST:
        response.set_cookie(_cookie(), kept, path=path, secure=secure, httponly=True, samesite="Strict", max_age=86_400)


def _new(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in after.items() if before.get(name) != value}


def _cookie() -> str:
    return f"{names().prefix}ld_{_PURPOSE}"
