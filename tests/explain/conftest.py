"""Explanations read what services wrote; the second engine is left to the long run."""

from collections.abc import Iterator

import pytest

from tests.conftest import ON_SQLITE_FIRST, database_of


@pytest.fixture(scope="module", params=ON_SQLITE_FIRST)
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database of this test file."""
    yield from database_of(request.param, tmp_path_factory)
