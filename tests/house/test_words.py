"""Retired words stay out: phrases that readers did not understand, each with better words and where to search."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GROUPS = {
    "docs": ("README.md", "CHANGELOG.md", "docs/**/*.md"),
    "pages": ("app/logindrill/pages/templates/**/*.html", "app/logindrill/console/templates/**/*.html"),
    "texts": ("app/logindrill/pages/**/*.py", "app/logindrill/console/**/*.py", "app/logindrill/rules/reasons/*.py"),
    "german": ("app/logindrill/translations/**/*.po",),
    "api": ("app/logindrill/api/*.py", "app/logindrill/control/*.py", "app/logindrill/world/field_descriptions.toml"),
    "tests": ("tests/**/*.py", "tools/**/*.py"),
}
"""By name: the files that are searched."""
_NOT_SEARCHED = re.compile(r"tests/house/test_words\.py")
_TEST_NAME = re.compile(r"^ *- (?:Tested by: )?\w+(?:/\w+)+: .*$", re.MULTILINE)
"""A test in a reference page: tests have names of their own."""


@dataclass(frozen=True, slots=True)
class Retired:
    """A pattern that no line of the groups may match, in any case, and the better words."""

    pattern: str
    better: str
    groups: tuple[str, ...] = ("docs",)


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
    Retired(r"\bgoes when unused\b|\bmake the sandbox\b", "delete after inactivity, create", ("pages",)),
    Retired(r"shown here and nowhere else", "copy it now; it is not shown again", ("pages",)),
    Retired(r"words of the ticket", "search ticket text", ("pages",)),
    Retired(r"let it befall|the first whom", "apply to, first suitable person", ("pages", "texts")),
    Retired(r"nothing is wrong: ", "working as intended", ("pages", "texts")),
    Retired(r"what helps|what was really true", "how to fix it, what really happened", ("pages",)),
    Retired(r"in the stead of|in whose stead", "act as", ("pages",)),
    Retired(r"take out of it|take it along|put (?:a|this) world", "remove, share, import", ("pages",)),
    Retired(r"nothing was changed: something", "not saved", ("texts",)),
    Retired(r"this is needed", "enter your ...", ("texts",)),
    Retired(r"link unusable|trust no longer", "this link no longer works, stop trusting", ("texts", "pages")),
    Retired(r"counts? from the next click", "takes effect immediately", ("texts", "pages")),
    Retired(r"password of before|stays? dead|links die|is dead:", "stops working", ("texts", "pages")),
    Retired(r"reported beside recorded", "reported vs. recorded", ("pages",)),
    Retired(r"\bone a line\b|\bone step a line\b", "one per line", ("pages",)),
    Retired(r"right but for|one of this id|cannot be\.\"", "right except for, already in use, invalid", ("texts",)),
    Retired(r"freiwillig|nicht sein kann|macht das niemand", "optional, ungültig, nicht möglich", ("german",)),
    Retired(
        r"(?<![\"':./])(?<!seen,\x20)\btold\b(?![\"'])|_told(?:_|\b)", "answered, shown, named, reported", ("tests",)
    ),
    Retired(r"(?<![\"'.=])\btold\b(?![\"'.=])", "the public answer; shown", ("pages",)),
    Retired(
        r"\bplaces?(?= (?:=|in [a-z]+[.:\]])|\.[a-z]|\[)|\bclass place\b|\bplace\(",
        "membership, position, path",
        ("tests",),
    ),
    Retired(
        r"\bstay(?:s)? dead\b|\bis dead\b|\bdies?\b|\bas unknown as\b", "stops working; like an unknown id", ("api",)
    ),
    Retired(r"\bwhoever\b|\bthe truth\b|\bwere it\b|\blets? it go\b|\bis told\b", "say who; the true cause", ("api",)),
    Retired(
        r"vertrauen lassen|neben verzeichnetem|banderole", "als vertraut merken, protokolliert, Leiste", ("german",)
    ),
)


@pytest.mark.parametrize("retired", RETIRED, ids=lambda retired: retired.better)
def test_a_retired_phrase_stays_out(retired: Retired) -> None:
    pattern = re.compile(retired.pattern.replace(" ", r"\s+"), re.IGNORECASE)
    found = [
        f"{path}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]!r}"
        for group in retired.groups
        for path, text in _texts(group)
        for match in pattern.finditer(text)
    ]
    assert found == [], f"say instead: {retired.better}"


@pytest.mark.parametrize("group", GROUPS)
def test_every_group_has_files(group: str) -> None:
    assert list(_texts(group))


@cache
def _texts(group: str) -> tuple[tuple[str, str], ...]:
    return tuple(_read(group))


def _read(group: str) -> Iterator[tuple[str, str]]:
    for pattern in GROUPS[group]:
        for path in sorted(ROOT.glob(pattern)):
            name = str(path.relative_to(ROOT))
            if not _NOT_SEARCHED.fullmatch(name):
                yield name, _TEST_NAME.sub("", path.read_text(encoding="utf-8"))
