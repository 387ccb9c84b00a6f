"""The catalogue as a list, worked out once; found in by symptom, by service, and by the words of a ticket."""

from functools import cache

from logindrill.scenarios.cards import ScenarioEntry, entry
from logindrill.scenarios.catalogue import scenarios
from logindrill.scenarios.scenario import Symptom


def entries(
    *, symptom: Symptom | str | None = None, preset: str | None = None, words: str = ""
) -> tuple[ScenarioEntry, ...]:
    """Those that fit, in the order of the catalogue; every word must stand in name, story, cause or what is told."""
    wanted = [word.strip("\"'.,:;!?()") for word in words.casefold().split()]
    return tuple(
        found
        for found in _all()
        if symptom in (None, found.symptom)
        and preset in (None, found.preset)
        and all(word in text_of(found) for word in wanted)
    )


def text_of(found: ScenarioEntry) -> str:
    """What words are looked for in."""
    told = found.told
    return f"{found.name} {found.story} {told.status} {told.code} {told.detail} {found.cause}".casefold()


@cache
def _all() -> tuple[ScenarioEntry, ...]:
    return tuple(entry(scenario) for scenario in scenarios().values())
