"""Retired words stay out: phrases that readers did not understand, each with better words and where to search."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLACES = {
    "docs": ("README.md", "CHANGELOG.md", "docs/**/*.md"),
}
"""By name: the files that are searched."""
_TEST_NAME = re.compile(r"^ *- (?:Tested by: )?\w+(?:/\w+)+: .*$", re.MULTILINE)
"""A test in a reference page: tests have names of their own."""


@dataclass(frozen=True, slots=True)
class Retired:
    """A pattern that no line of the places may match, in any case, and the better words."""

    pattern: str
    better: str
    places: tuple[str, ...] = ("docs",)


RETIRED = (
    Retired(r"time in your hand", "controllable clock"),
    Retired(r"bad days? to order", "fault injection"),
    Retired(r"\ba fence\b|\bthe fence\b|\bfenced\b", "safe defaults; the limit"),
    Retired(r"stays? covered", "the cause stays hidden until you reveal it"),
    Retired(r"every sentence yours", "every message can be overridden"),
    Retired(r"has a file of its own of it", "CLI entry points"),
    Retired(r"\bseen to by\b|\bsees to it\b", "implemented in"),
    Retired(r"\| held by\b|^- held by\b", "tested by"),
    Retired(r"what (?:was|is) told\b", "the public answer"),
    Retired(r"\b(?:are|is|was) told the truth\b", "the control API shows the true cause"),
    Retired(r"\bin the order of cure\b", "in the order in which to fix them"),
    Retired(r"\bin (?:the|whose|anybody's) stead\b", "act as"),
    Retired(r"(?<!`)\bbefalls?\b", "happen to, be possible for"),
    Retired(r"\bthrown? (?:it |the sandbox )?away\b", "delete"),
    Retired(r"\bin vain\b", "did not help"),
    Retired(r"\bgoes by itself\b", "is deleted automatically"),
    Retired(r"\bto the letter\b", "exactly"),
    Retired(r"\bwhoever is told\b|\bwhoever is meant\b", "say who"),
    Retired(r"\bfor an audience, large\b|\blarge, for an audience\b", "presenter view"),
    Retired(r"\bnobody but they\b", "only they"),
    Retired(r"\bgoes? on from where\b", "continues"),
    Retired(r"\bmake the sandbox\b|\bmak(?:e|ing) (?:a sandbox|one is)\b", "create"),
    Retired(r"\bgoes wrong\b|\bgo wrong\b", "name the failure"),
    Retired(r"\bwhat surrounds\b|\bsurroundings\b", "circumstances"),
    Retired(r"\bknob turned\b|\bturns? (?:one|it) back\b", "restores the default"),
)


@pytest.mark.parametrize("retired", RETIRED, ids=lambda retired: retired.better)
def test_a_retired_phrase_stays_out(retired: Retired) -> None:
    pattern = re.compile(retired.pattern.replace(" ", r"\s+"), re.IGNORECASE)
    found = [
        f"{path}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]!r}"
        for place in retired.places
        for path, text in _texts(place)
        for match in pattern.finditer(text)
    ]
    assert found == [], f"say instead: {retired.better}"


@pytest.mark.parametrize("place", PLACES)
def test_every_place_holds_files(place: str) -> None:
    assert list(_texts(place))


@cache
def _texts(place: str) -> tuple[tuple[str, str], ...]:
    return tuple(_read(place))


def _read(place: str) -> Iterator[tuple[str, str]]:
    for pattern in PLACES[place]:
        for path in sorted(ROOT.glob(pattern)):
            yield str(path.relative_to(ROOT)), _TEST_NAME.sub("", path.read_text(encoding="utf-8"))
