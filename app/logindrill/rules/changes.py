"""Names the fields that a change of a person concerns and the kind of change, never an old or new value (C6)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Holdings = Iterable[tuple[str, str]]
"""Addresses or numbers in canonical form, each with its kind."""

_NOUNS = {"emails": "address", "phones": "number"}
_OF_EVENTS: Mapping[str, tuple[str, str]] = {
    "password.change": ("password", "password changed"),
    "password.make_temporary": ("password", "temporary password replaced the password"),
    "password_reset.use": ("password", "password reset"),
    "second_factor.set": ("second_factor", "second factor set up"),
    "second_factor.confirm": ("second_factor", "second factor set up"),
    "second_factor.remove": ("second_factor", "second factor removed"),
    "user.deactivate": ("status", "account deactivated"),
    "user.reactivate": ("status", "account reactivated"),
    "user.merge": ("status", "account merged into another"),
    "user.restore": ("status", "merge undone"),
    "user.activate": ("status", "account activated"),
    "access.revoke": ("access", "access revoked"),
    "access.restore": ("access", "access restored"),
}
"""By the event: the field, and what became of it."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change about the person, when, and by whom; `fields` that changed, and what became of them, without values
    (C6).
    """

    at: datetime
    event: str
    actor: str | None
    fields: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """What became of the fields, in words; without that, the event in words."""
        return ", ".join(self.kinds) or self.event.replace(".", " ").replace("_", " ")


def change_of(at: datetime, event: str, actor: str | None, details: Mapping[str, Any]) -> Change:
    """The change that an event of the log tells of."""
    return Change(at, event, actor, _fields_of(event, details), _kinds_of(event, details))


def kinds_of_moves(field: str, before: Holdings, after: Holdings) -> tuple[str, ...]:
    """What became of addresses or numbers, such as `main address became secondary`."""
    noun, old, new = _NOUNS[field], dict(before), dict(after)
    found = [
        f"{kind} {noun} became {new[held]}" if held in new else f"{kind} {noun} removed"
        for held, kind in old.items()
        if new.get(held) != kind
    ]
    found += [f"{kind} {noun} added" for held, kind in new.items() if held not in old]
    return tuple(dict.fromkeys(found)) or (f"{noun} respelled",)


def kind_of_value(field: str, before: object, after: object) -> str:
    """What became of a field that has one value."""
    if field == "opted_out":
        return "consent to messages withdrawn" if after else "consent to messages given"
    if before is None or after is None:
        return f"{field} {'added' if before is None else 'removed'}"
    return f"{field} changed"


def _fields_of(event: str, details: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields that an event of the log changed; empty where it changed none."""
    if event == "user.role":
        return ("role",)
    if event == "user.release_email":
        return ("emails",)
    if event == "policy.change":
        return tuple(details.get("knobs", ()))
    named = details.get("fields")
    if named:
        return tuple(named)
    return _OF_EVENTS[event][:1] if event in _OF_EVENTS else ()


def _kinds_of(event: str, details: Mapping[str, Any]) -> tuple[str, ...]:
    """What became of the fields; empty where the log does not say."""
    if event == "user.role":
        return (f"role {details.get('before')} became {details.get('role')}",)
    if event == "user.release_email":
        return (f"{details.get('kind')} address released",)
    named = details.get("kinds")
    if named:
        return tuple(named)
    return _OF_EVENTS[event][1:] if event in _OF_EVENTS else ()
