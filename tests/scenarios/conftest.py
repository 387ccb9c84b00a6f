"""Scenarios are played on SQLite first; and a real browser for those that are lived through on the pages."""

from collections.abc import Iterator

import pytest

from tests.conftest import ON_SQLITE_FIRST, database_of
from tests.pages.conftest import base_url, browser_type_launch_args

__all__ = ["base_url", "browser_type_launch_args"]


@pytest.fixture(scope="module", params=ON_SQLITE_FIRST)
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database of this test file."""
    yield from database_of(request.param, tmp_path_factory)
