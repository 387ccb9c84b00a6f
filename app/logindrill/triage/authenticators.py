"""Derives facts about an authenticator app from a scenario: which code was entered, and whether it is valid."""

from collections.abc import Iterator

from logindrill.rules.factors import FactorMethod
from logindrill.scenarios.actors import PERSON
from logindrill.scenarios.scenario import Scenario
from logindrill.triage.facts import AHEAD, BEHIND, NO, RIGHT, WITHIN, YES, Fact

_OF_THE_PERSON = f"/users/{{{PERSON}.id}}/"
_SETS_UP, _CONFIRMS = "set_second_factor", "confirm_second_factor"


def facts_of(scenario: Scenario) -> Iterator[tuple[Fact, str | frozenset[str]]]:
    """Every fact about an app that the scenario determines; none where it uses no app."""
    steps = (*scenario.scene, *scenario.tries)
    looks = [step.path for step in scenario.tries if step.operation == "show_authenticator"]
    if looks and scenario.cause is not None:
        yield from _code(looks[-1])
    if (scenario.cast.person.get("second_factor") or {}).get("method") == FactorMethod.TOTP:
        yield Fact.FACTOR_METHOD, FactorMethod.TOTP.value
        yield Fact.CODE_ASKED_FOR, frozenset({YES, NO})
    begun = any(step.operation == _SETS_UP and (step.body or {}).get("method") == FactorMethod.TOTP for step in steps)
    if begun and scenario.failure.operation != _CONFIRMS:
        yield Fact.APP_CONFIRMED, YES if any(step.operation == _CONFIRMS for step in steps) else NO
    if scenario.remedy == "remove_factor":
        yield Fact.APP_AT_HAND, NO


def _code(path: str) -> Iterator[tuple[Fact, str]]:
    """The app always shows the current code; where the phone's clock is wrong, it shows the code of another time."""
    yield Fact.CODE_OF_THIS_ACCOUNT, YES if path.startswith(_OF_THE_PERSON) else NO
    yield Fact.APP_AT_HAND, YES
    if "off_by=" not in path:
        yield Fact.PHONE_CLOCK, RIGHT
        return
    yield Fact.PHONE_CLOCK, BEHIND if "off_by=-" in path else AHEAD
    yield Fact.CODE_AGE, WITHIN
