"""All scenarios: those the modules of `families` define, in the order of the presets; listed once and searched."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from logindrill.presets import PRESETS
from logindrill.scenarios import families
from logindrill.scenarios.cards import ScenarioEntry, entry
from logindrill.scenarios.scenario import Scenario, Symptom


class NoSuchScenario(LookupError):
    """No scenario has this name; the message names similar ones."""

    def __init__(self, name: str) -> None:
        near = get_close_matches(name, scenarios(), n=3)
        super().__init__(f"There is no scenario {name}." + (f" Is it {' or '.join(near)}?" if near else ""))


@cache
def scenarios() -> Mapping[str, Scenario]:
    """Every scenario by its name. Raises ValueError where two share one."""
    found: dict[str, Scenario] = {}
    ordered = sorted(_defined(), key=lambda scenario: list(PRESETS).index(scenario.preset))
    for scenario in ordered:
        if scenario.name in found:
            raise ValueError(f"two scenarios are called {scenario.name}")
        found[scenario.name] = scenario
    return found


def find(name: str) -> Scenario:
    """The scenario of this name. Raises NoSuchScenario."""
    try:
        return scenarios()[name]
    except KeyError as error:
        raise NoSuchScenario(name) from error


def with_symptom(symptom: Symptom | None = None) -> tuple[Scenario, ...]:
    """The scenarios with this symptom; all without one."""
    return tuple(scenario for scenario in scenarios().values() if symptom in (None, scenario.symptom))


def _defined() -> Iterator[Scenario]:
    for module in sorted(iter_modules(families.__path__), key=lambda module: module.name):
        yield from vars(import_module(f"{families.__name__}.{module.name}"))["SCENARIOS"]


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
    public = found.told
    return f"{found.name} {found.story} {public.status} {public.code} {public.detail} {found.cause}".casefold()


@cache
def _all() -> tuple[ScenarioEntry, ...]:
    return tuple(entry(scenario) for scenario in scenarios().values())
