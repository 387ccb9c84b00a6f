"""A tester's tool at a running server, and servers of two workers."""

from collections.abc import Iterator

import httpx
import pytest

from tests.journeys.outside import tool_at
from tests.support.processes import RunningServer, running


@pytest.fixture
def tool(server: RunningServer) -> Iterator[httpx.Client]:
    with tool_at(server.url) as http:
        yield http


@pytest.fixture(scope="module")
def two_workers(database_url: str) -> Iterator[RunningServer]:
    """The installed command with two worker processes on the database of this test file."""
    with running("--database-url", database_url, "--workers", "2") as started:
        yield started
