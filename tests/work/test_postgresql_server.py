"""The connections to PostgreSQL, those of threads and those of the event loop."""

from collections.abc import Iterator
from typing import Literal

import psycopg
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.util import greenlet_spawn

from logindrill.adapters.waits import waiting_by
from logindrill.factory import create_app
from logindrill.serving.loop_waits import LoopWaits
from logindrill.settings import Settings
from logindrill.web.addresses import RUNTIME
from logindrill.work.database import Database
from logindrill.work.engines import engine_options
from tests.support.event_loops import run

ASKED = text("SHOW synchronous_commit")


@pytest.fixture(params=["on", "off"])
def of_server(request: pytest.FixtureRequest, postgresql_url: str) -> Iterator[str]:
    """What the database server itself is set to."""
    name = postgresql_url.partition("?")[0].rpartition("/")[2]
    with psycopg.connect(postgresql_url, autocommit=True) as other:
        other.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = {request.param}'.encode())
        yield request.param
        other.execute(f'ALTER DATABASE "{name}" RESET synchronous_commit'.encode())


def shown(database: Database) -> set[object]:
    """What a reading and a writing connection say, in a thread and in the event loop."""

    def ask() -> set[object]:
        with database.reading() as reading, database.writing() as writing:
            return {reading.scalar(ASKED), writing.scalar(ASKED)}

    def ask_and_close() -> set[object]:
        with waiting_by(LoopWaits()):
            try:
                return ask()
            finally:
                database.close()

    return ask() | run(greenlet_spawn(ask_and_close))


@pytest.mark.parametrize("given", ["on", "off"])
def test_a_write_is_as_safe_as_was_asked(of_server: str, given: str, postgresql_url: str) -> None:
    options = engine_options(postgresql_url)
    database = Database(create_engine(**options), options, synchronous_commit=given)
    assert shown(database) == {given}


def test_without_the_option_the_database_server_decides(of_server: str, postgresql_url: str) -> None:
    assert shown(Database.open(postgresql_url)) == {of_server}


@pytest.mark.parametrize("given", ["on", "off"])
def test_the_option_reaches_the_connections_of_calls(given: Literal["on", "off"], postgresql_url: str) -> None:
    prepared = Database.open(postgresql_url)
    prepared.prepare()
    prepared.close()
    app = create_app(Settings(database_url=postgresql_url, synchronous_commit=given))
    database: Database = app.extensions[RUNTIME].database
    assert shown(database) == {given}
