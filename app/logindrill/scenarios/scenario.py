"""A scenario: one login failure of one service, as a person would report it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from logindrill.rules.reasons import Reason
from logindrill.scenarios.step import Step


class Symptom(StrEnum):
    """What a person reports."""

    ERROR_TEXT = "error_text"
    NOTHING_ARRIVED = "nothing_arrived"
    NEVER_LOADS = "never_loads"
    ASKED_FOR_CODE_AGAIN = "asked_for_code_again"
    THROWN_OUT = "thrown_out"
    PAGE_REFUSED = "page_refused"
    ACTION_UNAVAILABLE = "action_unavailable"
    NONE = "none"
    """Nothing is wrong: this is how it is meant to work."""


@dataclass(frozen=True, slots=True)
class Cast:
    """How the people of a scenario differ from the preset's usual people.

    `person`: fields of the world document of the person it is about; `others`: further people; `policy`: knobs;
    `world`: further parts of the document, such as publications; `is_new`: the person's account does not exist yet.
    """

    person: Mapping[str, Any] = field(default_factory=dict)
    others: tuple[Mapping[str, Any], ...] = ()
    policy: Mapping[str, Any] = field(default_factory=dict)
    world: Mapping[str, Any] = field(default_factory=dict)
    is_new: bool = False


ORDINARY = Cast()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One login failure.

    `scene`: what happened before; `tries`: what the person does, the last step being the failure as the client sees it;
    `cause`: the true reason, None where nothing fails; `remedy`: the code of the remedy that is used,
    of those that the explanation offers; `cure`: its steps, where no single call applies it; `after`: the same person
    signs in. `because` are reasons that come with the cause.
    """

    name: str
    preset: str
    rules: tuple[str, ...]
    symptom: Symptom
    story: str
    cast: Cast = ORDINARY
    scene: tuple[Step, ...] = ()
    tries: tuple[Step, ...]
    cause: Reason | None = None
    because: tuple[Reason, ...] = ()
    remedy: str | None = None
    cure: tuple[Step, ...] = ()
    after: tuple[Step, ...] = ()

    @property
    def failure(self) -> Step:
        """The step that shows the failure."""
        return self.tries[-1]

    @property
    def is_success_case(self) -> bool:
        """Whether nothing is wrong."""
        return self.cause is None
