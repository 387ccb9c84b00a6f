"""Groups scenarios for a reader: by symptom, then by topic; failures first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from logindrill.scenarios import families
from logindrill.scenarios.cards import ScenarioEntry
from logindrill.scenarios.scenario import Symptom

SYMPTOMS: Mapping[Symptom, str] = {
    Symptom.ERROR_TEXT: "An error is shown",
    Symptom.NOTHING_ARRIVED: "Nothing arrived",
    Symptom.NEVER_LOADS: "The page never loads",
    Symptom.ASKED_FOR_CODE_AGAIN: "Asked for a code again",
    Symptom.THROWN_OUT: "Signed out unexpectedly",
    Symptom.PAGE_REFUSED: "A page or link is refused",
    Symptom.ACTION_UNAVAILABLE: "Something cannot be done",
    Symptom.NONE: "Working as intended",
}
"""The symptoms in words, in the order of the groups."""


@dataclass(frozen=True, slots=True)
class Topic:
    """The scenarios of one family with the same symptom; `slug` is its name in addresses."""

    slug: str
    title: str
    entries: tuple[ScenarioEntry, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """All scenarios with one symptom."""

    symptom: Symptom
    title: str
    topics: tuple[Topic, ...]

    @property
    def count(self) -> int:
        """The number of its scenarios."""
        return sum(len(topic.entries) for topic in self.topics)


def grouped(found: Iterable[ScenarioEntry]) -> tuple[Group, ...]:
    """The groups that are not empty; within them, the given order is kept."""
    by_symptom: dict[Symptom, list[ScenarioEntry]] = {symptom: [] for symptom in SYMPTOMS}
    for entry in found:
        by_symptom[entry.symptom].append(entry)
    return tuple(
        Group(symptom, SYMPTOMS[symptom], tuple(_topics(symptom, entries)))
        for symptom, entries in by_symptom.items()
        if entries
    )


def topic_of(name: str) -> tuple[str, str]:
    """The family of a scenario, and its topic in words."""
    return _families()[name]


def _topics(symptom: Symptom, entries: Iterable[ScenarioEntry]) -> Iterator[Topic]:
    by_family: dict[tuple[str, str], list[ScenarioEntry]] = {}
    for entry in entries:
        by_family.setdefault(topic_of(entry.name), []).append(entry)
    for (family, title), members in by_family.items():
        yield Topic(f"{symptom}-{family}".replace("_", "-"), title, tuple(members))


@cache
def _families() -> Mapping[str, tuple[str, str]]:
    """The family of every scenario; the family's docstring gives the topic, up to the first colon or bracket."""
    found = {}
    for module in iter_modules(families.__path__):
        read = import_module(f"{families.__name__}.{module.name}")
        title = (read.__doc__ or module.name).strip().splitlines()[0].partition(" (")[0].partition(":")[0].rstrip(".")
        found.update({scenario.name: (module.name, title) for scenario in read.SCENARIOS})
    return found
