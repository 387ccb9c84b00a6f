"""Reads the forms of the console, and prepares a refused form to be shown again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from flask import request
from pydantic import BaseModel

from logindrill.rules.decisions import FieldError, Invalid, Refused
from logindrill.rules.disclosure import PROBLEMS
from logindrill.web.bodies import validated

Model = TypeVar("Model", bound=BaseModel)

FORM = "form"
"""The hidden field that says which of a page's forms was sent."""
_NEVER_SHOWN = frozenset({"control_key", "form_token"})
_LONGEST_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Entered:
    """A form that was refused: the entered values, the mistakes, and why nothing was done."""

    form: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    mistakes: Mapping[str, str] = field(default_factory=dict)
    """The message for each mistaken field."""
    alert: str = ""
    status: int = 200
    labels: dict[str, str] = field(default_factory=dict, compare=False)
    """The mistaken fields in the order of the form; filled while the form is drawn."""

    def value(self, form: str, name: str, otherwise: object = "") -> str:
        """The value to show in a field: what was entered, else the stored value."""
        return self.values.get(name, "") if form == self.form else str(otherwise)

    def mistake(self, form: str, name: str) -> str:
        """The message for a field; empty where there is none."""
        return self.mistakes.get(name, "") if form == self.form else ""

    def focuses(self, form: str, name: str, label: str) -> bool:
        """Whether a field is the first mistaken one and gets the focus; called as each field is drawn."""
        if not self.mistake(form, name):
            return False
        self.labels[name] = label
        return len(self.labels) == 1


NOTHING_ENTERED = Entered()


def text(name: str) -> str:
    """The text of a field, without surrounding spaces."""
    return request.form.get(name, "").strip()


def chosen(*names: str) -> dict[str, str]:
    """The named fields that are not empty."""
    return {name: value for name in names if (value := text(name))}


def enter(model: type[Model], *names: str) -> Model:
    """The named fields of the form as a model; an empty field counts as missing. Raises Invalid."""
    return validated(model, chosen(*(names or tuple(model.model_fields))))


def mistaken(refused: Invalid) -> Entered:
    """The form again, with every mistake at its field."""
    form = text(FORM)
    mistakes: dict[str, str] = {}
    for mistake in refused.fields:
        name, detail = _at_field(form, mistake)
        mistakes[name] = f"{mistakes[name]} {detail}" if name in mistakes else detail
    return Entered(form, _typed(), mistakes, "Not saved. Check:", 422)


def rejected(refused: Refused) -> Entered:
    """The form again, with the reason why nothing was done."""
    problem = PROBLEMS.get(refused.reason.problem, PROBLEMS["not_found"])
    return Entered(text(FORM), _typed(), {}, refused.detail or refused.reason.cause, problem.status)


_AT: Mapping[str, Mapping[str, str]] = {"invite": {"emails": "email", "phones": "number"}}
"""By the form: the field that a part of the API's body is entered into, where its name is another."""
_WITHIN = frozenset({"match", "effect"})
"""Parts of a body whose own parts are fields of the form."""


def _at_field(form: str, mistake: FieldError) -> tuple[str, str]:
    """The form field and message for a mistake: `emails.1.address` is in the second line."""
    part, *rest = mistake.field.split(".")
    if part in _WITHIN and rest:
        part, *rest = rest
    name = _AT.get(form, {}).get(part, part if part in request.form else mistake.field)
    is_line = name == part and bool(rest) and rest[0].isdigit()
    return name, f"Line {int(rest[0]) + 1}: {mistake.detail}" if is_line else mistake.detail


def _typed() -> Mapping[str, str]:
    return {name: value[:_LONGEST_KEPT] for name, value in request.form.items() if name not in _NEVER_SHOWN}
