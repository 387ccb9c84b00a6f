"""Fixtures for every test: an empty database on each engine, and a server on it."""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect

from logindrill.settings import Settings
from logindrill.work.database import Database
from logindrill.work.runtime import Runtime
from tests.support.applications import NewApp
from tests.support.engines import spread
from tests.support.postgres import new_database, server_address, stop_server
from tests.support.processes import RunningServer, running

_RUN_FOLDER = "LOGINDRILL_TEST_RUN"
"""Names the folder that all processes of one test run share."""


def pytest_configure(config: pytest.Config) -> None:
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as for jobs in the background: commands would inherit it
        signal.signal(signal.SIGINT, signal.default_int_handler)
    expect.set_options(timeout=60_000)  # a browser that shares two cores with other tests may take its time
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else every worker and every server would compile everything anew
    sys.dont_write_bytecode = False
    if not hasattr(config, "workerinput"):
        os.environ[_RUN_FOLDER] = tempfile.mkdtemp(prefix="logindrill-run-")


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        folder = Path(os.environ.pop(_RUN_FOLDER))
        stop_server(folder)
        shutil.rmtree(folder, ignore_errors=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    spread(metafunc)


@pytest.fixture(scope="module")
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database of this test file, empty at first; `support/engines.py` chooses the engines."""
    yield from _database_of(request.param, tmp_path_factory)


@pytest.fixture
def empty_database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an empty database of this test alone."""
    yield from _database_of(request.param, tmp_path_factory)


@pytest.fixture(scope="module")
def postgresql_url() -> Iterator[str]:
    """The address of an empty database of PostgreSQL, for what SQLite does not have."""
    with new_database(server_address(Path(os.environ[_RUN_FOLDER]))) as address:
        yield address


@pytest.fixture(scope="module")
def runtime(database_url: str) -> Iterator[Runtime]:
    """A running process's tools on the database of this test file, its schema ready."""
    database = Database.open(database_url, ephemeral=True)
    database.prepare()
    yield Runtime.start(Settings(), database)
    database.close()


@pytest.fixture(scope="module")
def new_app(database_url: str, runtime: Runtime) -> Iterator[NewApp]:
    """Makes applications on the database of this test file, which the fixture `runtime` has made ready."""
    from logindrill.factory import create_app, db

    made = []

    def make(**options: Any) -> Flask:
        made.append(create_app(Settings(database_url=database_url, ephemeral=True, **options)))
        return made[-1]

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="module")
def app(new_app: NewApp) -> Flask:
    """The application on the database of this test file, called without a server; held to the API document."""
    from tests.support.contract import hold_to_the_document

    app = new_app()
    hold_to_the_document(app)
    app.testing = True
    return app


@pytest.fixture(scope="module")
def server(database_url: str) -> Iterator[RunningServer]:
    """The installed command, serving on the database of this test file."""
    with running("--database-url", database_url) as started:
        yield started


def _database_of(engine: str, folders: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an empty database of an engine."""
    if engine == "sqlite":
        yield f"sqlite:///{folders.mktemp('database') / 'test.sqlite3'}"
        return
    with new_database(server_address(Path(os.environ[_RUN_FOLDER]))) as address:
        yield address
