"""The catalogue as a list, computed once and filtered by symptom, service and words."""

from functools import cache

from logindrill.scenarios.cards import ScenarioEntry, entry
from logindrill.scenarios.catalogue import scenarios
from logindrill.scenarios.scenario import Symptom


def entries(
    *, symptom: Symptom | str | None = None, preset: str | None = None, words: str = ""
) -> tuple[ScenarioEntry, ...]:
    """The scenarios that match, in the order of the catalogue.

    Every word must occur in name, story, cause or public answer.
    """
    wanted = [word.strip("\"'.,:;!?()") for word in words.casefold().split()]
    return tuple(
        found
        for found in _all()
        if symptom in (None, found.symptom)
        and preset in (None, found.preset)
        and all(word in text_of(found) for word in wanted)
    )


def text_of(found: ScenarioEntry) -> str:
    """The text in which words are searched."""
    told = found.told
    return f"{found.name} {found.story} {told.status} {told.code} {told.detail} {found.cause}".casefold()


@cache
def _all() -> tuple[ScenarioEntry, ...]:
    return tuple(entry(scenario) for scenario in scenarios().values())
