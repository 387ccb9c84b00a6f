"""Reads the forms of pages, and prepares a refused form to be shown again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, TypeVar

from flask import request
from pydantic import BaseModel, StringConstraints

from logindrill.pages import language
from logindrill.pages.page import HostedPage
from logindrill.pages.refusals import public_problem, wait
from logindrill.pages.words import ADDRESSES, NOT_ACCEPTED, NOT_AN_ADDRESS, NOT_TAKEN, empty
from logindrill.rules.decisions import FieldError, Invalid, Refused
from logindrill.rules.disclosure import PROBLEMS, Problem, with_wording
from logindrill.rules.factors import FactorMethod
from logindrill.rules.passwords import PasswordPolicy
from logindrill.rules.values import replace
from logindrill.web.bodies import validated
from logindrill.web.visits import OutdatedForm, Visit
from logindrill.work.perform import record

Model = TypeVar("Model", bound=BaseModel)
T = TypeVar("T")

TypedCode = Annotated[str, StringConstraints(min_length=1, max_length=64)]
"""What a person typed as code, taken as it is."""

_LONGEST_KEPT = 2000
_PAGES_OF_THEIR_OWN = frozenset({"unauthenticated", "network_blocked", "app_update_required"})
"""Problems that are not shown at a form, since no entry would change them."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form to be shown: the earlier entries (never a password), the mistakes, and the field to continue in."""

    typed: Mapping[str, str] = field(default_factory=dict)
    mistakes: Mapping[str, str] = field(default_factory=dict)
    """The message for each mistaken field."""
    alert: str | None = None
    """The service's message, in English; the page translates it."""
    focus: str | None = None
    code: str | None = None
    """The public code of the refusal, where it is one."""


EMPTY = Form()


def enter(visit: Visit, model: type[Model]) -> Model:
    """The form that was sent; an empty field counts as missing. Raises Invalid, after recording it."""
    visit.require_current_form()
    entered = {name: request.form[name] for name in model.model_fields if request.form.get(name)}
    try:
        return validated(model, entered)
    except Invalid as refused:
        identifiers = visit.uow.preset.identifiers
        public = Invalid(*(replace(mistake, detail=_first_look(mistake, identifiers)) for mistake in refused.fields))
        record(visit.uow, public)
        raise public from refused


def _first_look(mistake: FieldError, identifiers: tuple[str, ...]) -> str:
    """What is wrong with a field that no service has looked at yet."""
    if mistake.code == "required":
        return empty(mistake.field, identifiers)
    return NOT_TAKEN if mistake.code == "invalid" else mistake.detail


def second_password_of(method: FactorMethod, typed: str | None) -> str | None:
    """The second password where that is the method; what was typed before another was chosen is left aside."""
    return typed if method is FactorMethod.SECOND_PASSWORD else None


def submit(
    visit: Visit,
    act: Callable[[], T | Refused],
    show: Callable[[Form, int], HostedPage],
    *kept: str,
    focus: str,
    fields: Callable[[str], str] = str,
) -> T | HostedPage:
    """The result of the form, or the form again with its mistakes: at their fields, a refusal above them.

    `kept` fields keep their entries; `focus` is the field to continue in; `fields` gives the form's names of a
    service's fields. A refusal that no entry would change is raised.
    """
    try:
        outcome = act()
    except OutdatedForm:
        public = PROBLEMS["form_outdated"]
        return show(rejected(public, *kept, focus=focus), public.status)
    except Invalid as refused:
        named = Invalid(*(replace(mistake, field=fields(mistake.field)) for mistake in refused.fields))
        return show(mistaken(visit, named, *kept), 422)
    except Refused as refused:
        outcome = refused
    if not isinstance(outcome, Refused):
        return outcome
    public = public_problem(visit.uow, outcome)
    if public.code in _PAGES_OF_THEIR_OWN or public.status not in {401, 403, 409, 429}:
        raise outcome
    return replace(show(rejected(public, *kept, focus=focus), public.status), headers=wait(outcome))


def mistaken(visit: Visit, refused: Invalid, *kept: str) -> Form:
    """The form again, with every mistake at its field; `kept` fields show what was typed."""
    public = with_wording("validation_failed", visit.uow.policy, visit.uow.preset.wording)
    mistakes = {mistake.field: _message(mistake, visit.uow.policy.passwords) for mistake in refused.fields}
    return Form(_typed(kept), mistakes, public.detail, next(iter(mistakes)), public.code)


def rejected(public: Problem, *kept: str, focus: str) -> Form:
    """The form again, with the public answer to a refusal."""
    return Form(_typed(kept), {}, public.detail, focus, public.code)


def _message(mistake: FieldError, policy: PasswordPolicy) -> str:
    """What is wrong with a field, in the language of the page; in general words where the service's, such as those
    of the library that reads addresses, are in no catalogue."""
    if mistake.code == "too_short":
        return language.say("At least %(least)s characters.", least=policy.min_length)
    if mistake.code == "too_long":
        return language.say("At most %(most)s characters.", most=policy.max_length)
    if not language.is_foreign(mistake.detail):
        return language.translated(mistake.detail)
    return language.say(NOT_AN_ADDRESS if mistake.field in ADDRESSES else NOT_ACCEPTED)


def _typed(fields: tuple[str, ...]) -> Mapping[str, str]:
    return {name: request.form.get(name, "")[:_LONGEST_KEPT] for name in fields}
