"""The policy pane: every knob of the sandbox with its meaning, its value, and the preset's value."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import request, url_for

from logindrill.console.door import act, pane
from logindrill.console.entries import text
from logindrill.console.page import ConsolePage, Done
from logindrill.services import policies
from logindrill.services.policies import KnobCard
from logindrill.work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class KnobField:
    """One knob as a form shows it: `options` are all it can be, where those are a few words."""

    name: str
    card: KnobCard
    options: tuple[str, ...]

    @property
    def written(self) -> str:
        """The value as it is typed; nothing where it is not set."""
        return write(self.card.value)

    @property
    def written_default(self) -> str:
        """What the preset gives."""
        return write(self.card.default)

    @property
    def is_turned(self) -> bool:
        """Whether it is another value than the preset's."""
        return bool(self.card.value != self.card.default)


@pane("/rules", "rules")
def show_rules(uow: UnitOfWork) -> ConsolePage:
    """Every knob in its group, the public wordings last."""
    knobs = [KnobField(name, card, _options(card.schema)) for name, card in policies.show(uow).items()]
    groups = [(group, list(found)) for group, found in groupby(knobs, key=lambda knob: knob.name.partition(".")[0])]
    return ConsolePage("rules", "Settings", {"groups": groups, "turned": [knob for knob in knobs if knob.is_turned]})


@act("/rules", back=show_rules)
def turn_rules(uow: UnitOfWork) -> Done:
    """Turn what was changed in a group, or give one knob back to the preset."""
    known = policies.show(uow)
    if (back := text("back")) in known:
        policies.change(uow, {back: None})
        return _done(uow, f"{back} reset.")
    changes = {
        name: read(written, known[name].schema)
        for name, written in request.form.items()
        if name in known and written.strip() != write(known[name].value)
    }
    policies.change(uow, changes)
    return _done(uow, f"Changed: {', '.join(changes)}." if changes else "No changes.")


@act("/rules/reset", back=show_rules)
def reset_rules(uow: UnitOfWork) -> Done:
    """Every knob as the preset has it."""
    policies.change(uow, dict.fromkeys(policies.show(uow)))
    return _done(uow, "All settings reset.")


def write(value: Any) -> str:
    """A value of a knob as it is typed."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)


def read(written: str, schema: Mapping[str, Any]) -> Any:
    """What was typed as the knob wants it; nothing gives the knob back. What fits nothing is left to the knob."""
    written = written.strip()
    if not written:
        return None
    if "string" in _types(schema) or (schema.get("enum") and written in schema["enum"]):
        return written
    try:
        return json.loads(written)
    except ValueError:
        return written


def _types(schema: Mapping[str, Any]) -> set[str]:
    return {kind.get("type", "") for kind in (schema, *schema.get("anyOf", ()))}


def _options(schema: Mapping[str, Any]) -> tuple[str, ...]:
    if schema.get("type") == "boolean":
        return ("true", "false")
    return tuple(schema.get("enum", ()))


def _done(uow: UnitOfWork, said: str) -> Done:
    return Done(url_for("console.show_rules", sandbox_id=uow.sandbox_id), said)
