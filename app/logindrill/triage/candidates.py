"""Candidates: the failures of the catalogue in triage's form: what a client sees, known facts and remedies."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from logindrill.presets import PRESETS
from logindrill.rules.reasons import Reason, Remedy, remedies_for
from logindrill.scenarios.catalogue import scenarios
from logindrill.scenarios.scenario import Scenario, Symptom
from logindrill.scenarios.step import BROWSER
from logindrill.triage import reasons
from logindrill.triage.reasons import Says
from logindrill.triage.story import Story
from logindrill.triage.texts import texts_of

SYMPTOM, ERROR_MESSAGE, CODE, CLIENT, REASON = "symptom", "error_message", "code", "client", "attempt_id"
"""What a ticket contains besides facts, by the name used in agreements and contradictions."""

_WEB, _MOBILE = "web", "mobile"


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """One failure. `says`: what it leads one to expect, by fact or field, as the answers that fit.

    About anything else it says nothing. `cures`: remedies of its cause, which would have helped.
    """

    name: str
    preset: str
    symptom: Symptom
    cause: Reason | None
    says: Says
    cures: frozenset[str]
    remedy: Remedy | None
    """The remedy that the scenario uses."""
    length: int
    """How many steps its story has."""


@cache
def candidates() -> tuple[Candidate, ...]:
    """All failures of the catalogue."""
    return tuple(map(_candidate, scenarios().values()))


def texts() -> frozenset[str]:
    """Every text that a failure of the catalogue shows, in plain form."""
    return frozenset().union(*(candidate.says[ERROR_MESSAGE] for candidate in candidates()))


def _candidate(scenario: Scenario) -> Candidate:
    cause = scenario.cause
    return Candidate(
        name=scenario.name,
        preset=scenario.preset,
        symptom=scenario.symptom,
        cause=cause,
        says=_says(scenario),
        cures=frozenset() if cause is None else _cures(scenario, cause),
        remedy=None if cause is None else next((r for r in cause.remedies if r.code == scenario.remedy), None),
        length=len(scenario.scene) + len(scenario.tries),
    )


def _says(scenario: Scenario) -> Says:
    """The expectations of the reason, overridden by those of the scenario's data, and by what the client shows."""
    expected: dict[str, frozenset[str]] = {}
    if scenario.cause is not None:
        expected.update(reasons.says(scenario.cause))
        expected[REASON] = frozenset({scenario.cause.code})
    expected.update({str(fact): _answers(value) for fact, value in Story(scenario).facts()})
    return {**expected, **_texts(scenario)}


def _answers(value: str | frozenset[str]) -> frozenset[str]:
    return frozenset({value}) if isinstance(value, str) else value


def _texts(scenario: Scenario) -> Mapping[str, frozenset[str]]:
    seen = scenario.failure.seen
    refused = seen is not None and seen.is_refusal and seen.code
    return {
        SYMPTOM: frozenset({scenario.symptom.value}),
        ERROR_MESSAGE: texts_of(scenario),
        CODE: frozenset({str(refused)}) if refused else frozenset(),
        CLIENT: _clients(scenario),
    }


def _clients(scenario: Scenario) -> frozenset[str]:
    """The clients where it can happen: the mobile app if the scenario uses it and the cause lies there; else both."""
    device = next((step.device for step in reversed(scenario.tries) if step.by is not None), BROWSER)
    if scenario.cause in reasons.IN_BROWSERS_ONLY:
        return frozenset({_WEB})
    if scenario.cause in reasons.ON_MOBILE_ONLY or (scenario.cause is None and device.is_mobile):
        return frozenset({_MOBILE})
    return frozenset({_WEB, _MOBILE})


def _cures(scenario: Scenario, cause: Reason) -> frozenset[str]:
    own = {scenario.remedy} if scenario.remedy else set()
    return frozenset(own | {remedy.code for remedy in remedies_for(cause, PRESETS[scenario.preset].roles)})
