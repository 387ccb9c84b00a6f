"""What the tests of the control door stand on: one frozen sandbox, a tool that controls it, an app that uses it."""

import pytest
from flask import Flask

from logindrill.work.runtime import Runtime
from tests.support.control import ControlTool
from tests.support.doors import ClientApp
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox


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
