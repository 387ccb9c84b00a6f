"""The content of a ticket, and the parts of it that can be compared with a failure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from logindrill.rules.decisions import FieldError, Invalid
from logindrill.rules.suggestions import did_you_mean, nearest
from logindrill.scenarios.scenario import Symptom
from logindrill.triage.facts import FACTS, NO, YES, YES_NO, Fact


class Certainty(StrEnum):
    """How certain something is: only what was seen rules a failure out."""

    SEEN = "seen"
    TOLD = "told"
    GUESSED = "guessed"


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact with its answer."""

    fact: Fact
    value: str
    certainty: Certainty = Certainty.SEEN


@dataclass(frozen=True, slots=True)
class Ticket:
    """A report of a person who cannot sign in. `wording`: changed texts of the sandbox, by problem code.

    `reasons`: the true reasons of the attempt it names, where known.
    """

    symptom: Symptom | None = None
    error_message: str | None = None
    code: str | None = None
    client: str | None = None
    facts: Sequence[KnownFact] = ()
    steps_tried: Sequence[str] = ()
    last_signed_in: str | None = None
    wording: Mapping[str, str] = field(default_factory=dict)
    reasons: Sequence[str] = ()


def known_fact(name: str, value: object, certainty: Certainty = Certainty.SEEN, *, at: str) -> KnownFact:
    """A fact as it was reported; yes and no may be given as true and false.

    Raises Invalid for an unlisted fact or answer; `at` is the field it was given in.
    """
    if name not in FACTS:
        raise Invalid(FieldError(f"{at}.name", "unknown", _no_such_fact(name)))
    answer = {True: YES, False: NO}.get(value, value) if isinstance(value, bool) else value
    card = FACTS[Fact(name)]
    if (isinstance(value, bool) and card.values != YES_NO) or answer not in card.values:
        likely = did_you_mean(str(answer), card.values)
        answers = f"{card.question} Answered by one of {', '.join(card.values)}.{likely}"
        raise Invalid(FieldError(f"{at}.value", "invalid", answers))
    return KnownFact(card.name, str(answer), certainty)


def _no_such_fact(name: str) -> str:
    near = nearest(name, FACTS)
    return "There is no such fact." + (f" Near it: {', '.join(near)}." if near else "")
