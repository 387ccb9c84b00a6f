"""An application at the sandbox of a test file: its fixture `scene` says who is there."""

from typing import Any

import pytest
from flask import Flask

from logindrill.services import policies
from logindrill.work.runtime import Runtime
from tests.support.people import person
from tests.support.relying import ChangePolicy, RelyingApplication
from tests.support.scenes import Scene, a_sandbox
from tests.support.tester import run_order


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ola Oak", "owner"), person("Ada Ash", "admin"), person("Ben Birch"))


@pytest.fixture
def shop(app: Flask, scene: Scene) -> RelyingApplication:
    """An application that is not registered, in a sandbox where none is."""
    return RelyingApplication.of(app, scene)


@pytest.fixture
def other_scene(runtime: Runtime) -> Scene:
    """Another sandbox with the same people."""
    return a_sandbox(runtime, person("Ola Oak", "owner"), person("Ada Ash", "admin"), person("Ben Birch"))


@pytest.fixture
def change_policy(scene: Scene) -> ChangePolicy:
    """Changes knobs of the sandbox."""

    def change(changes: dict[str, Any]) -> None:
        run_order(scene, policies.change, changes)

    return change
