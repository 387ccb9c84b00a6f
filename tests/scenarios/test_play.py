"""The whole catalogue, played on both databases: seen, explained, cured."""

import pytest
from flask import Flask

from logindrill.scenarios.catalogue import find, scenarios
from logindrill.scenarios.play import play
from logindrill.web.in_process import InProcessTransport


@pytest.mark.parametrize("name", list(scenarios()))
def test_a_scenario_ends_as_its_definition_says(app: Flask, name: str) -> None:
    verdict = play(find(name), InProcessTransport(app))
    assert verdict.passed, verdict.wrong


def test_every_failure_names_its_remedy_and_how_the_person_gets_in_again() -> None:
    for scenario in scenarios().values():
        assert scenario.is_success_case or scenario.remedy, scenario.name
        assert scenario.is_success_case or scenario.after, scenario.name
