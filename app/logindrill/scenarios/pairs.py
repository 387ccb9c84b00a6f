"""Two failures at once, made of any two scenarios that do not get into each other's way; none is written by hand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from logindrill.rules import reasons as r
from logindrill.rules.reasons import About, Reason
from logindrill.scenarios.catalogue import scenarios
from logindrill.scenarios.scenario import Cast, Scenario
from logindrill.scenarios.step import Step
from logindrill.scenarios.touching import set_last, touched
from logindrill.scenarios.variations import Variation, plain, variation

_ANSWERING: tuple[tuple[Reason, ...], ...] = (
    (r.FAULT,),
    (r.OFFLINE,),
    (r.HOTSPOT,),
    (r.BROWSER_UNSUPPORTED,),
    (r.STALE_CACHE,),
    (r.APP_OUTDATED,),
    (r.VPN,),
    (r.UNKNOWN_IDENTIFIER, r.NOT_REGISTERED),  # a limit is somebody's: who is not found is not the one who is locked
    (r.THROTTLED, r.TOO_MANY_CODE_ATTEMPTS),
    (r.DELETED, r.SECONDARY_ADDRESS),
    (),  # how the identifier is spelled
    (
        r.WRONG_PASSWORD,
        r.WRONG_CASE,
        r.EXTRA_SPACE,
        r.TEMPORARY_PASSWORD_USED,
        r.TEMPORARY_PASSWORD_SUPERSEDED,
        r.TEMPORARY_PASSWORD_VOID,
        r.TEMPORARY_PASSWORD_EXPIRED,
    ),
    (r.NOT_ACTIVATED,),
    (r.DEACTIVATED,),
    (r.MERGED,),
    (r.ACCESS_REVOKED, r.NOT_IN_COMPANY),
    (r.OPTED_OUT,),
)
"""Which reason answers where several hold: the checks of a sign-in and of a confirmation, in their order."""

_SPELLING_OF_IDENTIFIER = _ANSWERING.index(())
_NOBODY_IS_MEANT = frozenset({r.UNKNOWN_IDENTIFIER, r.NOT_REGISTERED, r.DELETED})
"""Where these hold, nothing about a person can be said."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two failures at once: `first` answers, and once it is cured `second` does. The scenes are set, and the tries
    made, in the order of `scenes`."""

    first: Scenario
    second: Scenario
    cast: Cast
    scenes: tuple[Scenario, Scenario]

    @property
    def name(self) -> str:
        """Both names, as they answer."""
        return f"{self.first.name} + {self.second.name}"

    @property
    def both_are_told(self) -> bool:
        """Whether the first answer can tell of the second cause too: not where nobody is found to judge, nor where
        the call came to nothing."""
        return self.first.cause not in _NOBODY_IS_MEANT and self.first.failure.seen is not None


def combinable(one: Scenario, other: Scenario) -> bool:
    """Whether both failures can happen to one person at one time, judged without a server."""
    if one.preset != other.preset or one.cause is None or other.cause is None or one.cause is other.cause:
        return False
    if one.failure.operation != other.failure.operation or plain(one.failure.operation) is None:
        return False
    return (
        not touched(one) & touched(other)
        and not failing(one).parts & failing(other).parts
        and _agree(one.cast, other.cast)
        and not _lacks_password(one, other)
        and not _lacks_password(other, one)
        and _gets_in_likewise(one, other)
    )


def answers_first(one: Scenario, other: Scenario) -> Scenario:
    """Which of two failures at once the client is told of."""
    return one if _rank(one) <= _rank(other) else other


def combine(one: Scenario, other: Scenario) -> Pair | None:
    """Both at once; None where they get into each other's way."""
    if not combinable(one, other):
        return None
    first = answers_first(one, other)
    scenes = (one, other) if set_last(one) <= set_last(other) else (other, one)
    return Pair(first, other if first is one else one, _cast(one.cast, other.cast), scenes)


def pairs(preset: str | None = None) -> Iterator[Pair]:
    """All pairs of the catalogue, in its order."""
    known = [scenario for scenario in scenarios().values() if preset in (None, scenario.preset)]
    for one, other in combinations(known, 2):
        pair = combine(one, other)
        if pair is not None:
            yield pair


def failing(scenario: Scenario) -> Variation:
    """What the person does otherwise at the step that fails."""
    return variation(scenario.failure)


def last_step(scenario: Scenario) -> Step | None:
    """The step that failed, as it is taken once the failure is cured; None where the person gets in another way."""
    operation = scenario.failure.operation
    return next((step for step in scenario.after if step.operation == operation), None)


def _rank(scenario: Scenario) -> int:
    if scenario.remedy == "retype_identifier" and scenario.cause in (r.WRONG_CASE, r.EXTRA_SPACE):
        return _SPELLING_OF_IDENTIFIER
    found = next((place for place, group in enumerate(_ANSWERING) if scenario.cause in group), None)
    if found is not None:
        return found
    asks = scenario.cause is not None and scenario.cause.about in (About.DEVICE, About.ORDER)
    return len(_ANSWERING) + asks


def _agree(one: Cast, other: Cast) -> bool:
    """Whether no field of the world is asked to have two values."""
    parts = ((one.person, other.person), (one.policy, other.policy), (one.world, other.world))
    return all(mine.get(name, value) == value for mine, yours in parts for name, value in yours.items())


def _lacks_password(one: Scenario, other: Scenario) -> bool:
    """Whether the one begins with a password that the person of the other does not have."""
    lacks = "password" in other.cast.person and other.cast.person["password"] is None
    return lacks and any("{person.password}" in str(step.body) for step in (*one.scene, *one.tries[:-1]))


def _gets_in_likewise(one: Scenario, other: Scenario) -> bool:
    """Whether, once both are cured, one step is left that both would take, and what comes after it is not disputed."""
    mine, yours = last_step(one), last_step(other)
    if mine is None or yours is None or variation(mine).parts & variation(yours).parts:
        return False
    first, then = (mine, other) if answers_first(one, other) is one else (yours, one)
    if variation(first).parts & failing(then).parts:
        return False
    return not (one.after[one.after.index(mine) + 1 :] and other.after[other.after.index(yours) + 1 :])


def _cast(one: Cast, other: Cast) -> Cast:
    ids = {person["id"] for person in one.others}
    others = (*one.others, *(person for person in other.others if person["id"] not in ids))
    return Cast(_both(one.person, other.person), others, _both(one.policy, other.policy), _both(one.world, other.world))


def _both(mine: Mapping[str, Any], yours: Mapping[str, Any]) -> dict[str, Any]:
    return {**mine, **yours}
