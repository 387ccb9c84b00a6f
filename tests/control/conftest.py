"""What the tests of the control door stand on: one frozen sandbox, a tool that controls it, an app that uses it."""

from collections.abc import Iterator

import pytest
from flask import Flask

from logindrill.work.runtime import Runtime
from tests.conftest import ON_SQLITE_FIRST, database_of
from tests.support.control import ControlTool
from tests.support.doors import ClientApp
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox


@pytest.fixture(scope="module", params=ON_SQLITE_FIRST)
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database of this test file."""
    yield from database_of(request.param, tmp_path_factory)


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    """A frozen sandbox with Ada and Ben."""
    return a_sandbox(runtime, person("Ada Ash"), person("Ben Birch"))


@pytest.fixture
def tool(app: Flask, scene: Scene) -> ControlTool:
    """A tool that controls it."""
    return ControlTool.of(app, scene)


@pytest.fixture
def client(app: Flask, scene: Scene) -> ClientApp:
    """An app that uses it."""
    return ClientApp.of(app, scene)
