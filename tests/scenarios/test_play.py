"""The whole catalogue, played on both databases: seen, explained, cured, and shown with the remedies that the
explanation offers.
"""

import pytest
from flask import Flask

from logindrill.presets import PRESETS
from logindrill.rules.reasons import remedies_for
from logindrill.scenarios import cards
from logindrill.scenarios.catalogue import find, scenarios
from logindrill.scenarios.play import play
from logindrill.scenarios.unfit import UNFELT_EFFECTS, UNFIT_REMEDIES
from logindrill.web.in_process import InProcessTransport
from tests.support.sets import thinned


@pytest.mark.parametrize("name", thinned(scenarios(), 4))
def test_a_scenario_ends_as_its_definition_says(app: Flask, name: str) -> None:
    verdict = play(find(name), InProcessTransport(app))
    assert verdict.passed, verdict.wrong
    scenario = find(name)
    if scenario.cause is not None:
        of_cause = {one.code for one in remedies_for(scenario.cause, PRESETS[scenario.preset].roles)}
        offered = {one["code"]: one["side_effects"] for one in verdict.offered if one["code"] in of_cause}
        shown = {one.code: list(one.side_effects) for one in cards.cures(scenario)}
        assert shown == offered, f"scenarios/unfit.py differs from the explanation of {name}"


def test_the_remedies_that_do_not_fit_belong_to_scenarios_that_exist() -> None:
    assert {*UNFIT_REMEDIES, *UNFELT_EFFECTS} <= set(scenarios())


@pytest.mark.parametrize("name", ["reset-mail-blocked", "reset-mail-in-spam", "reset-mail-late"])
def test_no_other_channel_is_shown_for_a_reset_message(app: Flask, name: str) -> None:
    client = app.test_client()
    card = client.get(f"/control/v1/scenarios/{name}").get_json()
    set_up = client.post(f"/control/v1/scenarios/{name}/sandboxes", json={}).get_json()
    for shown in (card, set_up):
        assert shown["remedies"]
        assert not {"use_other_channel", "resend_invitation"} & {one["code"] for one in shown["remedies"]}


def test_every_failure_names_its_remedy_and_how_the_person_gets_in_again() -> None:
    for scenario in scenarios().values():
        assert scenario.is_success_case or scenario.remedy, scenario.name
        assert scenario.is_success_case or scenario.after, scenario.name
