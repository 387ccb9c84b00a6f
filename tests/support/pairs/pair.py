"""Decides from the definitions of two failures whether both can happen to one person at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from logindrill.rules import reasons as r
from logindrill.rules.reasons import About
from logindrill.scenarios.actors import PERSON
from logindrill.scenarios.catalogue import scenarios
from logindrill.scenarios.scenario import Cast, Scenario
from logindrill.scenarios.step import SIGNED_IN, Step
from tests.support.pairs.order import answers_first
from tests.support.pairs.things import touched
from tests.support.pairs.variations import plain, variation

_LOOKS = "wait_for_message"
_LEADS_TO_ANOTHER_ACCOUNT = frozenset({"invite", "use_survivor", "release_email"})
_NEVER_LOADS = "network_unsupported"
_NOBODY_IS_MEANT = frozenset({r.UNKNOWN_IDENTIFIER, r.NOT_REGISTERED, r.DELETED, r.ORIGIN_REFUSED})
"""Where these hold, nothing about a person can be said: nobody was found, or nobody was looked for."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two failures at once: `first` gives the public answer, and after it is fixed `second` does."""

    first: Scenario
    second: Scenario

    @property
    def name(self) -> str:
        """Both names, as they answer."""
        return f"{self.first.name} + {self.second.name}"

    @property
    def cast(self) -> Cast:
        """The people of both."""
        one, other = self.first.cast, self.second.cast
        others = (*one.others, *(person for person in other.others if person not in one.others))
        return Cast(
            {**one.person, **other.person}, others, {**one.policy, **other.policy}, {**one.world, **other.world}
        )

    @property
    def is_about_a_message(self) -> bool:
        """Whether one message is missing for two reasons."""
        return self.first.failure.operation == _LOOKS

    @property
    def both_are_answered(self) -> bool:
        """Whether the truth of the first answer holds the second cause too: an attempt's does, unless nobody was found
        to judge; what left no attempt, and a message, know their own cause only."""
        leaves_attempt = self.first.cause is not None and self.first.cause.problem not in ("", _NEVER_LOADS)
        return leaves_attempt and not self.is_about_a_message and self.first.cause not in _NOBODY_IS_MEANT


def combinable(one: Scenario, other: Scenario) -> bool:
    """Whether both failures can happen to one person at once, and be fixed one by one."""
    if one.preset != other.preset or one.cause is None or other.cause is None or one.cause is other.cause:
        return False
    if one.failure.operation != other.failure.operation or touched(one) & touched(other):
        return False
    if one.failure.to_provider:  # they are failures of an application's request, not of a person
        return False
    if not _agree(one.cast, other.cast) or _is_barred(one, other) or _is_barred(other, one):
        return False
    return _asks_alike(one, other) if one.failure.operation == _LOOKS else _ends_alike(one, other)


def combine(one: Scenario, other: Scenario) -> Pair | None:
    """The pair; None if the two conflict."""
    if not combinable(one, other):
        return None
    first = answers_first(one, other)
    return Pair(first, other if first is one else one)


def pairs(preset: str | None = None) -> Iterator[Pair]:
    """All pairs of the catalogue, in its order."""
    known = [scenario for scenario in scenarios().values() if preset in (None, scenario.preset)]
    for one, other in combinations(known, 2):
        pair = combine(one, other)
        if pair is not None:
            yield pair


def last_step(scenario: Scenario) -> Step | None:
    """The step that failed, as it is taken once the failure is cured; None where the person gets in another way."""
    operation = scenario.failure.operation
    return next((step for step in scenario.after if step.operation == operation), None)


def _agree(one: Cast, other: Cast) -> bool:
    """Whether the two scenarios need no field of the world to have two values."""
    parts = ((one.person, other.person), (one.policy, other.policy), (one.world, other.world))
    return all(mine.get(name, value) == value for mine, yours in parts for name, value in yours.items())


def _is_barred(one: Scenario, other: Scenario) -> bool:
    """Whether what the other's people are, or what happened to them, bars what leads up to the one."""
    before = (*one.scene, *one.tries[:-1])
    person = other.cast.person
    if person.get("password", "") is None and any("{person.password}" in str(step.body) for step in before):
        return True
    if person.get("second_factor") and any(step.by == PERSON and step.seen == SIGNED_IN for step in before):
        return True
    return _is_shut_out(one.tries[:-1], other) or _gets_no_code(before, other)


def _is_shut_out(steps: tuple[Step, ...], other: Scenario) -> bool:
    """Whether the client of the other scenario cannot take the earlier steps."""
    if other.cause is None or other.cause.about not in (About.CALLER, About.FAULT):
        return False
    if other.cause.problem == _NEVER_LOADS:
        return any(step.by == PERSON for step in steps)
    return any(step.operation == other.failure.operation for step in steps)


def _gets_no_code(before: tuple[Step, ...], other: Scenario) -> bool:
    """Whether codes have to be asked for and read, but the other has none, needs none, or they are held up."""
    asks = any(step.operation == "request_confirmation_code" for step in before)
    reads = any(step.operation == "latest_message" for step in before)
    done = {step.operation for step in other.scene}
    is_spared = other.cause is r.NO_CODE or "use_confirmation_code" in done
    return (asks and is_spared) or (reads and "add_delivery_rule" in done)


def _asks_alike(one: Scenario, other: Scenario) -> bool:
    """Whether both wait for the same message in the same way, of an account that is still there to ask for it again."""
    if answers_first(one, other).remedy in _LEADS_TO_ANOTHER_ACCOUNT:
        return False
    return [_call(step) for step in one.tries] == [_call(step) for step in other.tries]


def _call(step: Step) -> tuple[object, ...]:
    return step.method, step.path, step.body, step.by, step.device, step.headers


def _ends_alike(one: Scenario, other: Scenario) -> bool:
    """Whether there is one step that fails for both; whether it also lets the person in, once both are cured, or at
    least the failure that answers last has an end of its own."""
    if plain(one.failure.operation) is None or variation(one.failure).parts & variation(other.failure).parts:
        return False
    first, then = (one, other) if answers_first(one, other) is one else (other, one)
    cured, last = last_step(first), last_step(then)
    if cured is None or variation(cured).parts & variation(then.failure).parts:
        return False
    if last is None:
        return first.after[-1] == cured
    is_disputed = variation(cured).parts & variation(last).parts
    return not is_disputed and (first.after[-1] == cured or then.after[-1] == last)
