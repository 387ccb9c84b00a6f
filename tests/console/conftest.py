"""A tester at the console of one frozen sandbox."""

import pytest
from flask import Flask

from logindrill.runtime import Runtime
from tests.console.desk import Desk
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    """A frozen sandbox with Ada, who owns the company, and Ben."""
    return a_sandbox(runtime, person("Ada Ash", "owner"), person("Ben Birch"))


@pytest.fixture
def desk(app: Flask, scene: Scene) -> Desk:
    """A tester at its console."""
    return Desk(app, scene)
