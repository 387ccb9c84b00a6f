"""What people enter into forms: how it is read, and how a refused form is shown to them again."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from flask import request
from pydantic import BaseModel

from logindrill.pages import language
from logindrill.pages.words import MISTAKES
from logindrill.perform import record
from logindrill.rules.decisions import Invalid
from logindrill.rules.disclosure import Problem, word
from logindrill.web.bodies import validated
from logindrill.web.visits import Visit

Model = TypeVar("Model", bound=BaseModel)

_LONGEST_KEPT = 254


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it is shown: what was typed before (never a password), what is wrong, and where to go on."""

    typed: Mapping[str, str] = field(default_factory=dict)
    mistakes: Mapping[str, str] = field(default_factory=dict)
    """Field to what is wrong with it."""
    alert: str | None = None
    focus: str | None = None


def enter(visit: Visit, model: type[Model]) -> Model:
    """The form that was sent; a field left empty counts as not sent. Raises Invalid, having recorded it."""
    entered = {name: request.form[name] for name in model.model_fields if request.form.get(name)}
    try:
        return validated(model, entered)
    except Invalid as refused:
        worded = (replace(mistake, detail=MISTAKES.get(mistake.code, mistake.detail)) for mistake in refused.fields)
        told = Invalid(*worded)
        record(visit.uow, told)
        raise told from refused


def mistaken(visit: Visit, refused: Invalid, *kept: str) -> Form:
    """The form again, with every mistake at its field; `kept` fields show what was typed."""
    told = word("validation_failed", visit.uow.policy, visit.uow.preset.wording)
    mistakes = {mistake.field: language.told(mistake.detail) for mistake in refused.fields}
    return Form(_typed(kept), mistakes, told.detail, next(iter(mistakes)))


def rejected(told: Problem, *kept: str, focus: str) -> Form:
    """The form again, with the public answer to a refusal."""
    return Form(_typed(kept), {}, told.detail, focus)


def _typed(fields: tuple[str, ...]) -> Mapping[str, str]:
    return {name: request.form.get(name, "")[:_LONGEST_KEPT] for name in fields}
