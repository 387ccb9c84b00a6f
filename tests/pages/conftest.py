"""Somebody's visit to a sandbox, and a real browser."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from logindrill.work.runtime import Runtime
from logindrill.world.document import PersonPart
from tests.pages.visitor import Visitor
from tests.support.scenes import a_sandbox

CHROMIUM = Path("/usr/bin/chromium")

Visit = Callable[..., Visitor]


@pytest.fixture
def visit(app: Flask, runtime: Runtime) -> Visit:
    """Opens a frozen sandbox with these people, and somebody's browser in it."""

    def arrive(*people: PersonPart, **world: Any) -> Visitor:
        return Visitor(app, a_sandbox(runtime, *people, **world))

    return arrive


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium; as root it runs only without its own sandbox."""
    assert CHROMIUM.exists(), "The pages are tested in a real browser: install Chromium (apt-get install chromium)."
    return {**browser_type_launch_args, "executable_path": str(CHROMIUM), "args": ["--no-sandbox"]}


@pytest.fixture(scope="session")
def base_url() -> None:
    """Every test names its addresses in full; the browser plugin's own fixture is of a form that pytest deprecates."""
