"""Decides which of two failures is answered first, and in which order their earlier steps are taken."""

from collections.abc import Sequence

from logindrill.rules import reasons as r
from logindrill.rules.reasons import About, Reason
from logindrill.scenarios.actors import PERSON
from logindrill.scenarios.scenario import Scenario
from logindrill.scenarios.step import Step
from tests.support.pairs.things import is_misspelled_identifier, touched_by

_ANSWERING: tuple[tuple[Reason, ...], ...] = (
    (r.ORIGIN_REFUSED,),
    (r.FAULT,),
    (r.OFFLINE,),
    (r.HOTSPOT,),
    (r.BROWSER_UNSUPPORTED,),
    (r.STALE_CACHE,),
    (r.APP_OUTDATED, r.APP_VERSION_UNREADABLE),
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
"""Which reason answers where several hold: the checks of a sign-in and of a confirmation, in their order. Codes and
messages come after all of these, then devices and what is refused to whoever is in."""
_SPELLING_OF_IDENTIFIER = _ANSWERING.index(())
_AFTERWARDS = frozenset({About.DEVICE, About.ORDER})
_SHUTS_EVERYBODY_OUT = {"begin_condition": 2, "arm_fault": 3}


def answers_first(one: Scenario, other: Scenario) -> Scenario:
    """Which of two failures at once gives the public answer."""
    return one if _rank(one) <= _rank(other) else other


def scene_of(scenarios: Sequence[Scenario]) -> tuple[Step, ...]:
    """Scenes set together so that none is in the way of another: first what leads up to the last thing that the person
    does, what changes nothing before what does; then what is done to them; their guessing; last, what shuts them out
    wherever they go."""
    leads = sorted((_split(one)[0] for one in scenarios), key=_in_the_way)
    rests = sorted(scenarios, key=_sets_last)
    return tuple(step for part in (*leads, *(_split(one)[1] for one in rests)) for step in part)


def tries_of(scenarios: Sequence[Scenario]) -> tuple[Step, ...]:
    """The steps before the one that fails. Steps that spoil a code come last, so that the spoiled code is entered."""
    ordered = sorted(scenarios, key=lambda one: one.cause is not None and one.cause.about is About.CODE)
    return tuple(step for one in ordered for step in one.tries[:-1])


def _rank(scenario: Scenario) -> int:
    if is_misspelled_identifier(scenario):
        return _SPELLING_OF_IDENTIFIER
    found = next((position for position, group in enumerate(_ANSWERING) if scenario.cause in group), None)
    if found is not None:
        return found
    return len(_ANSWERING) + (scenario.cause is not None and scenario.cause.about in _AFTERWARDS)


def _split(scenario: Scenario) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """The scene up to the last thing that the person does, and the rest; guesses that lock somebody out are rest."""
    if scenario.cause is r.THROTTLED:
        return (), scenario.scene
    done = [position for position, step in enumerate(scenario.scene, 1) if step.by == PERSON]
    cut = done[-1] if done else 0
    return scenario.scene[:cut], scenario.scene[cut:]


def _in_the_way(steps: Sequence[Step]) -> tuple[bool, bool]:
    return bool(touched_by(steps)), not _takes_time(steps)


def _sets_last(scenario: Scenario) -> tuple[int, bool]:
    if scenario.cause is r.THROTTLED:
        return 1, False
    shut = max((_SHUTS_EVERYBODY_OUT.get(step.operation, 0) for step in scenario.scene), default=0)
    return shut, not _takes_time(scenario.scene)


def _takes_time(steps: Sequence[Step]) -> bool:
    return any(step.operation == "advance_clock" for step in steps)
