"""An explanation is checked like a proof: its remedies, followed one by one as they are written, let the person in.

A situation is a way in and one to three causes out of `tests/support/proof`: state, membership, typing, credentials,
circumstances, delivery and history. The person is in within as many rounds as there were causes, no remedy is refused
or cures nothing, no cause is reported that is not there, the explanations of the attempt and of the person agree, and
nothing that either states contradicts the world (`tests/support/proof/evidence`).
"""

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings

from tests.support.applications import NewApp
from tests.support.proof.cause import Dimension
from tests.support.proof.situation import CAUSES, Situation, named, situations, stand_together
from tests.support.proof.trial import flaws

_PLAIN = settings(
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def app(new_app: NewApp) -> Flask:
    """The application as it is; other tests hold its answers to the API document."""
    made = new_app()
    made.testing = True
    return made


@pytest.mark.rule("rule-7")
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@settings(_PLAIN, max_examples=150, phases=[Phase.generate])
@given(situation=situations())
def test_the_remedies_of_an_explanation_let_the_person_in(app: Flask, situation: Situation) -> None:
    assert flaws(app, situation) == [], situation


@pytest.mark.slow
@pytest.mark.both_engines
@settings(_PLAIN, max_examples=100)
@given(situation=situations())
def test_the_remedies_of_many_explanations_let_the_person_in(app: Flask, situation: Situation) -> None:
    assert flaws(app, situation) == [], situation


@pytest.mark.wide
@pytest.mark.both_engines
@settings(_PLAIN, max_examples=2_500)
@given(situation=situations())
def test_the_remedies_of_very_many_explanations_let_the_person_in(app: Flask, situation: Situation) -> None:
    assert flaws(app, situation) == [], situation


FOUND = [
    named("contact email", "contact deleted"),
    named("contact email", "unknown identifier", "used code"),
    named("contact sms", "mail blocked", choices=(1, 0, 0, 0)),
    named("contact sms", "mail not_sent", choices=(1, 0, 0, 0)),
    named("customer reset", "mail delayed", "old link", choices=(1, 1, 0, 0)),
    named("customer password", "merged, address released"),
    named("contact email", "codes asked too often", choices=(1, 1, 1, 1)),
    named("customer reset", "resets asked too often", choices=(1, 1, 1, 1)),
    named("contact recognised", "deactivated"),
    named("customer reset", "mail spam"),
    named("contact email", "deactivated", "expired code"),
    named("contact recognised", "vpn", "opted out"),
    named("staff reset", "resets asked too often", "hotspot"),
]
"""Situations whose explanations were once wrong, in their shortest form."""


@pytest.mark.rule("rule-7")
@pytest.mark.parametrize("situation", FOUND, ids=repr)
def test_a_situation_that_was_once_explained_wrongly_is_explained_rightly(app: Flask, situation: Situation) -> None:
    assert flaws(app, situation) == []


def test_every_dimension_has_causes_that_stand_beside_those_of_others() -> None:
    for dimension in Dimension:
        of_it = [one for one in CAUSES if one.dimension is dimension]
        others = [one for one in CAUSES if one.dimension is not dimension]
        assert any(stand_together((one, other)) for one in of_it for other in others), dimension


def test_no_two_causes_have_one_name() -> None:
    assert len({one.name for one in CAUSES}) == len(CAUSES)
