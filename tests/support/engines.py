"""Chooses each test's database engines: SQLite in the fast set, PostgreSQL in the slow set or where it matters."""

from typing import Literal

import pytest

_SCOPES: dict[str, Literal["module", "function"]] = {"database_url": "module", "empty_database_url": "function"}
"""The fixtures that stand for a database, and how long each lives."""

_FOLDERS_ON_BOTH = {"access", "credentials", "models", "people", "work"}
"""Folders of tests about statements, locks and transactions."""

_ON_BOTH = ("sqlite", "postgresql")
_SQLITE_FIRST = ("sqlite", pytest.param("postgresql", marks=pytest.mark.slow))


def spread(metafunc: pytest.Metafunc) -> None:
    """Run a test that uses a database once for each engine, unless the test itself names its engines."""
    named = {name for mark in metafunc.definition.iter_markers("parametrize") for name in mark.args[:1]}
    for fixture, scope in _SCOPES.items():
        if fixture in metafunc.fixturenames and fixture not in named:
            metafunc.parametrize(fixture, _engines(metafunc), indirect=True, scope=scope)


def _engines(metafunc: pytest.Metafunc) -> tuple[object, ...]:
    folder = metafunc.definition.path.relative_to(metafunc.config.rootpath / "tests").parts[0]
    marked = metafunc.definition.get_closest_marker("both_engines")
    return _ON_BOTH if marked or folder in _FOLDERS_ON_BOTH else _SQLITE_FIRST
