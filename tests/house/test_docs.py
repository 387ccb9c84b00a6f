"""What the pages name exists: options, environment variables, knobs, reasons, calls."""

import re
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from logindrill.cli import main
from logindrill.documentation import DOORS
from logindrill.rules.problems import PROBLEMS
from logindrill.rules.reasons import REASONS
from logindrill.web.openapi import document
from tests.house.test_openapi import OPERATIONS

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
_VARIABLE = re.compile(r"LOGINDRILL_[A-Z_]+")
_RULE = re.compile(r"(?<!-)\b(?:[ABCDO][1-9]\d?|S(?:[1-9]|[1-5]\d)|rule-\d)\b")
"""A rule id; S63 to S68 are named as reserved and mean nothing yet."""
_CALL = re.compile(r"`(GET|POST|PUT|PATCH|DELETE) (/[a-z][^`?\s]*)[^`]*`")
_MADE = re.compile(r"""(?:\$API/control/v1/sandboxes|/forks) -H "\$JSON" -d ['"]\{\s*\\?"id\\?": \\?"([a-z0-9_-]+)""")
"""Sandboxes that an example gives an id."""
_OF_OTHERS = {
    "--quick",
    "--fail",
    "--compile-bytecode",
    "--from",
    "--data",
    "--request",
    "--header",
    "--silent",
    "--include",
    "--browser",
    "--no-sandbox",
    "--test",
}
"""Options of other people's commands in examples."""
_OF_BENCH = {"--only", "--peers", "--peers-folder", "--quick"}
_OF_EXEC = {"LOGINDRILL_", "LOGINDRILL_URL", "LOGINDRILL_IDENTIFIER", "LOGINDRILL_PASSWORD"}
"""Options of a command that runs beside a server of its own."""


def options(command: click.Command) -> set[str]:
    """Every option of a command and those below it."""
    below = command.commands.values() if isinstance(command, click.Group) else ()
    own = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    return own.union({"--help"}, *(options(child) for child in below))


every_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))


@every_page
def test_every_option_that_a_page_names_exists(path: Path) -> None:
    assert set(_OPTION.findall(path.read_text(encoding="utf-8"))) <= options(main) | _OF_OTHERS | _OF_BENCH


@every_page
def test_every_environment_variable_that_a_page_names_exists(path: Path) -> None:
    known = {f"LOGINDRILL_{name.removeprefix('--').upper().replace('-', '_')}" for name in options(main)}
    assert set(_VARIABLE.findall(path.read_text(encoding="utf-8"))) <= known | _OF_EXEC


@every_page
def test_every_call_that_a_page_names_exists(path: Path) -> None:
    known = {name.partition(" ")[0].upper() + " " + _shape(name.partition(" ")[2]) for name, _ in OPERATIONS}
    for method, called in _CALL.findall(path.read_text(encoding="utf-8")):
        full = called if called.startswith(("/v1/", "/control/")) else f"/v1{called}"
        assert f"{method} {_shape(full)}" in known, called


@every_page
def test_every_example_can_be_tried_again(path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    assert [name for name in _MADE.findall(page) if f"-X DELETE $API/control/v1/sandboxes/{name}\n" not in page] == []


@every_page
def test_every_rule_that_a_page_names_links_to_what_it_means(path: Path) -> None:
    text = re.sub(r"^ *```.*?^ *```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"\[[^]]*\]\([^)]*\)|`[^`]*`|^#.*$|^ *- .*test_\w+: .*$", "", text, flags=re.MULTILINE)
    assert _RULE.findall(text) == []


def _shape(path: str) -> str:
    return re.sub(r"\{[^}]*\}|…", "{}", path.rstrip("/"))


@pytest.mark.parametrize(
    ("name", "words"),
    [("reasons.md", lambda: REASONS), ("openapi.json", lambda: PROBLEMS)],
)
def test_every_word_shown_can_be_looked_up(name: str, words: Callable[[], list[str]]) -> None:
    text = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert [word for word in words() if word not in text] == []


def test_every_tag_of_the_document_is_used() -> None:
    used = {tag for _, operation in OPERATIONS for tag in operation["tags"]}
    assert {tag["name"] for tag in document(DOORS)["tags"]} == used
