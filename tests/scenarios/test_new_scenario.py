"""A scenario is one definition and no other file, as docs/how-to/add-a-scenario.md says."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from logindrill.scenarios import families
from logindrill.scenarios.catalogue import find, scenarios
from logindrill.scenarios.play import play
from logindrill.web.in_process import InProcessTransport
from tests.support.documents import blocks

PAGE = Path(__file__).parents[2] / "docs/how-to/add-a-scenario.md"
NAME = "old-password-out-of-habit"


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The example stands among the families, as a module of its own."""
    example = next(block.text for block in blocks(PAGE.read_text(encoding="utf-8")) if block.language == "python")
    (tmp_path / "habits.py").write_text(example, encoding="utf-8")
    monkeypatch.setattr(families, "__path__", [*families.__path__, str(tmp_path)])
    scenarios.cache_clear()
    yield
    scenarios.cache_clear()
    sys.modules.pop(f"{families.__name__}.habits", None)


@pytest.mark.usefixtures("added")
def test_the_example_of_the_page_is_a_scenario_that_plays(app: Flask) -> None:
    verdict = play(find(NAME), InProcessTransport(app))
    assert verdict.passed, verdict.wrong
    assert verdict.cause == "wrong_password"


def test_the_example_is_not_in_the_catalogue_already() -> None:
    assert NAME not in scenarios()
