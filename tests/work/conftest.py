"""A database of a test alone."""

from collections.abc import Iterator

import pytest

from logindrill.work.database import Database


@pytest.fixture
def database(empty_database_url: str) -> Iterator[Database]:
    """An open database, empty at first."""
    opened = Database.open(empty_database_url)
    yield opened
    opened.close()
