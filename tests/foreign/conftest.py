"""A server that keeps nothing, for all applications of a file, and a real browser."""

from collections.abc import Iterator

import pytest

from tests.pages.conftest import base_url, browser_type_launch_args
from tests.support.processes import running

__all__ = ["base_url", "browser_type_launch_args"]


@pytest.fixture(scope="module")
def server_url() -> Iterator[str]:
    """Where the server answers."""
    with running("--ephemeral") as server:
        yield server.url.replace("127.0.0.1", "localhost")
