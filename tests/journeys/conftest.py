"""A tester's tool at a running server, and servers of two workers."""

from collections.abc import Iterator

import httpx
import pytest

from tests.conftest import ON_SQLITE_FIRST, database_of
from tests.journeys.outside import tool_at
from tests.support.processes import RunningServer, running


@pytest.fixture(scope="module", params=ON_SQLITE_FIRST)
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database of this test file; the second engine is left to the long run."""
    yield from database_of(request.param, tmp_path_factory)


@pytest.fixture
def tool(server: RunningServer) -> Iterator[httpx.Client]:
    with tool_at(server.url) as http:
        yield http


@pytest.fixture(scope="module")
def two_workers(database_url: str) -> Iterator[RunningServer]:
    """The installed command with two worker processes on the database of this test file."""
    with running("--database-url", database_url, "--workers", "2") as started:
        yield started
