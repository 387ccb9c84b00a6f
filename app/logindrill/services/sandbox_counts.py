"""Counts the contents of sandboxes, for the list of sandboxes."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import func, select, true

from logindrill.models import Application, Attempt, Message, Sandbox, User
from logindrill.rules.lifecycle import UserStatus
from logindrill.work.runtime import Runtime

_SANDBOXES = Sandbox.__table__
_COUNTED: tuple[tuple[str, Any, Any], ...] = (
    ("people", User, User.status != UserStatus.DELETED),
    ("messages", Message, true()),
    ("attempts", Attempt, true()),
    ("applications", Application, true()),
)


class SandboxCounts(Struct, frozen=True):
    """The numbers of things in a sandbox."""

    people: int = 0
    messages: int = 0
    attempts: int = 0
    applications: int = 0


def count(runtime: Runtime, ids: Sequence[str]) -> dict[str, SandboxCounts]:
    """The counts of each of these sandboxes, by id; deleted people are not counted."""
    counts: dict[str, dict[str, int]] = {name: {} for name in ids}
    with runtime.database.reading() as connection:
        for field_name, noun, condition in _COUNTED:
            statement = (
                select(_SANDBOXES.c.id, func.count())
                .join(noun, noun.sandbox_key == _SANDBOXES.c.key)
                .where(_SANDBOXES.c.id.in_(ids), condition)
                .group_by(_SANDBOXES.c.id)
            )
            for name, number in connection.execute(statement):
                counts[name][field_name] = number
    return {name: SandboxCounts(**found) for name, found in counts.items()}


def mark(runtime: Runtime) -> str:
    """A text that changes whenever a sandbox is made, reset or deleted."""
    with runtime.database.reading() as connection:
        made = connection.execute(
            select(func.max(_SANDBOXES.c.key), func.count()).select_from(_SANDBOXES).where(~_SANDBOXES.c.hidden)
        ).one()
    return f"{made[0] or 0}-{made[1]}"
