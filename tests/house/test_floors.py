"""What the linters do not see of the house: outside libraries stay on their floor, names are words of the domain."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "app" / "logindrill"
FILES = sorted(PACKAGE.rglob("*.py"))
_VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "base_service", "tools"}
_DOORS = {"web", "api", "control", "oidc", "pages", "console", "factory", "documentation"}


def floor(path: Path) -> str:
    """The file or folder at the top of the package that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def imported(path: Path) -> frozenset[str]:
    """The top names of everything a file imports, wherever in the file it does."""
    return frozenset(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def users_of(*libraries: str) -> set[str]:
    """The floors that import one of these libraries."""
    return {floor(path) for path in FILES if not imported(path).isdisjoint(libraries)}


def test_rules_are_pure() -> None:
    outside = {"flask", "werkzeug", "sqlalchemy", "pydantic", "argon2", "os", "socket", "time", "random", "secrets"}
    assert not users_of(*outside) & {"rules", "presets"}


def test_only_doors_know_of_http() -> None:
    assert users_of("flask", "werkzeug") <= _DOORS


def test_doors_never_touch_a_table() -> None:
    for path in FILES:
        if floor(path) in {"api", "control", "oidc", "pages", "console"}:
            assert not {"sqlalchemy", "alembic"} & imported(path), path
            assert "logindrill.models" not in path.read_text(encoding="utf-8"), path


@pytest.mark.parametrize(
    ("library", "floors"),
    [
        ("argon2", {"adapters"}),
        ("itsdangerous", {"adapters"}),
        ("smtplib", {"adapters"}),
        ("gunicorn", {"serving"}),
        ("click", {"cli", "commands"}),
        ("alembic", {"work"}),
        ("flask_sqlalchemy", {"factory"}),
        ("jinja2", {"messages", "pages"}),
    ],
)
def test_a_library_is_known_on_its_floor_only(library: str, floors: set[str]) -> None:
    assert users_of(library) <= floors


def test_a_file_is_named_with_a_word_of_the_domain() -> None:
    assert [path for path in FILES if path.stem in _VAGUE] == []


def test_nothing_is_left_to_be_done() -> None:
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        for mark in ("TODO", "FIXME", "XXX", "NotImplementedError"):
            assert mark not in text, path
