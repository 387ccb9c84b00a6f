"""A tester at the console of one frozen sandbox, and a real browser."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from logindrill.work.runtime import Runtime
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


CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium; as root it runs only without its own sandbox."""
    assert CHROMIUM.exists(), "The console is tested in a real browser: install Chromium (apt-get install chromium)."
    return {**browser_type_launch_args, "executable_path": str(CHROMIUM), "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def base_url() -> None:
    """Every test names its addresses in full; the browser plugin's own fixture is of a form that pytest deprecates."""
