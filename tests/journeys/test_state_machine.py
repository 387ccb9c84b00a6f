"""Random lives, held against a simple model of the rules: people are invited, come in, forget, are refused, ended,
merged and let back in, in any order, and every answer is the one that the rules demand, with the true reason behind it.
"""

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.journeys.machine.customers import CustomerLife
from tests.journeys.machine.portal import PortalLife
from tests.journeys.machine.random_life import RandomLife
from tests.journeys.machine.staff import StaffLife

LIVES: list[type[RandomLife]] = [StaffLife, PortalLife, CustomerLife]
FEW, MORE, MANY = 3, 20, 334
"""Sequences of each kind of life on a database: 9 on one engine in the fast set, 120 on both in the slow one, and
about 2,000 on both in the wide one."""


@pytest.mark.parametrize("kind", LIVES)
def test_random_lives_go_by_the_rules(app: Flask, kind: type[RandomLife]) -> None:
    live(app, kind, FEW)


@pytest.mark.slow
@pytest.mark.parametrize("kind", LIVES)
def test_more_random_lives_go_by_the_rules(app: Flask, kind: type[RandomLife]) -> None:
    live(app, kind, MORE)


@pytest.mark.wide
@pytest.mark.parametrize("kind", LIVES)
def test_very_many_random_lives_go_by_the_rules(app: Flask, kind: type[RandomLife]) -> None:
    live(app, kind, MANY)


def live(app: Flask, kind: type[RandomLife], sequences: int) -> None:
    """Play that many sequences, the same ones every time."""
    machine = type(kind.__name__, (kind,), {"app": app})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=sequences,
            stateful_step_count=40,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink),
        ),
    )
