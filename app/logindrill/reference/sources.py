"""Finds the code and the tests that cite a rule: in docstrings, and in the marks of tests."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
TESTS = Path(__file__).parents[3] / "tests"
_ROOMS = ("rules", "presets", "models", "messages", "work", "people", "credentials", "access", "services", "web")
"""The packages that implement rules, lowest layer first; doors and pages only repeat them."""
_NAMED = re.compile(r"\b([ABCOS])(\d{1,2})(?:-\1?(\d{1,2}))?\b")
_OVERALL = re.compile(r"\brules?[ -](\d+)(?: and (\d+))?\b")
_Definition = ast.FunctionDef | ast.ClassDef


def implementations(rule: str) -> tuple[str, ...]:
    """The code that implements a rule, dotted, lowest layer first: definitions that cite it, else modules that do."""
    definitions, modules = _code()
    return definitions.get(rule) or modules.get(rule, ())


def covering_tests(rule: str) -> tuple[str, ...]:
    """The tests that are marked with a rule, because they fail without it, as file and name."""
    return _tests().get(rule, ())


def rules_named(text: str) -> frozenset[str]:
    """The ids that a text cites; `A9-A12` cites four, `overall rule 3` is `rule-3`."""
    found = {f"rule-{digit}" for match in _OVERALL.finditer(text) for digit in match.groups() if digit}
    for family, first, last in _NAMED.findall(text):
        found |= {f"{family}{number}" for number in range(int(first), int(last or first) + 1)}
    return frozenset(found)


@cache
def _code() -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]]:
    definitions: dict[str, list[str]] = {}
    modules: dict[str, list[str]] = {}
    for room in _ROOMS:
        for path in sorted((PACKAGE / room).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")
            _add(modules, ast.get_docstring(tree), name)
            for definition in _definitions(tree):
                _add(definitions, ast.get_docstring(definition), f"{name}.{definition.name}")
    return _frozen(definitions), _frozen(modules)


@cache
def _tests() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        name = path.relative_to(TESTS).with_suffix("").as_posix()
        for test in _definitions(tree):
            if test.name.startswith("test_"):
                _add(found, " ".join(_marks(test)), f"{name}: {test.name.removeprefix('test_').replace('_', ' ')}")
    return _frozen(found)


def _marks(test: _Definition) -> Iterator[str]:
    """The ids that `pytest.mark.rule` gives a test."""
    for mark in test.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.rule":
            yield from (ast.literal_eval(argument) for argument in mark.args)


def _definitions(tree: ast.Module) -> Iterator[_Definition]:
    return (node for node in ast.walk(tree) if isinstance(node, _Definition))


def _add(found: dict[str, list[str]], text: str | None, name: str) -> None:
    for rule in rules_named(text or ""):
        found.setdefault(rule, []).append(name)


def _frozen(found: Mapping[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    return {rule: tuple(dict.fromkeys(names)) for rule, names in found.items()}
