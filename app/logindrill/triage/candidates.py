"""A failure of the catalogue as triage sees it: what its client shows, what it says of the facts, what cures it."""

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
from logindrill.triage.texts import said

SYMPTOM, ERROR_MESSAGE, CODE, CLIENT, REASON = "symptom", "error_message", "code", "client", "attempt_id"
"""What a ticket holds besides facts, by the name that agreement and contradiction are told under."""

_WEB, _MOBILE = "web", "mobile"


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """One failure. `says`: what is known of it, by fact or field, as the answers that fit; what it does not name may be
    as it likes. `cures`: remedies of its cause, which would have helped."""

    name: str
    preset: str
    symptom: Symptom
    cause: Reason | None
    says: Says
    cures: frozenset[str]
    remedy: Remedy | None
    """The one that the scenario takes."""
    length: int
    """Steps of its story."""


@cache
def candidates() -> tuple[Candidate, ...]:
    """The whole catalogue."""
    return tuple(map(_candidate, scenarios().values()))


def texts() -> frozenset[str]:
    """Every text that any failure of the catalogue shows, in its plain form."""
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
    """The reason's word first, then that of the scenario's data, which knows better, then what the client shows."""
    told: dict[str, frozenset[str]] = {}
    if scenario.cause is not None:
        told.update(reasons.says(scenario.cause))
        told[REASON] = frozenset({scenario.cause.code})
    told.update({str(fact): _answers(value) for fact, value in Story(scenario).tells()})
    return {**told, **_shown(scenario)}


def _answers(value: str | frozenset[str]) -> frozenset[str]:
    return frozenset({value}) if isinstance(value, str) else value


def _shown(scenario: Scenario) -> Mapping[str, frozenset[str]]:
    seen = scenario.failure.seen
    refused = seen is not None and seen.status >= 400 and seen.code
    return {
        SYMPTOM: frozenset({scenario.symptom.value}),
        ERROR_MESSAGE: said(scenario),
        CODE: frozenset({str(refused)}) if refused else frozenset(),
        CLIENT: _clients(scenario),
    }


def _clients(scenario: Scenario) -> frozenset[str]:
    """Where it can happen: in the app it is played in if that is the mobile one and the cause lies there; else in
    both."""
    device = next((step.device for step in reversed(scenario.tries) if step.by is not None), BROWSER)
    if scenario.cause in reasons.IN_BROWSERS_ONLY:
        return frozenset({_WEB})
    if scenario.cause in reasons.ON_MOBILE_ONLY or (scenario.cause is None and device.is_mobile):
        return frozenset({_MOBILE})
    return frozenset({_WEB, _MOBILE})


def _cures(scenario: Scenario, cause: Reason) -> frozenset[str]:
    own = {scenario.remedy} if scenario.remedy else set()
    return frozenset(own | {remedy.code for remedy in remedies_for(cause, PRESETS[scenario.preset].roles)})
