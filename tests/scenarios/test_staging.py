"""Scenes set on somebody who is there."""

import pytest
from flask import Flask

from logindrill.client import Request
from logindrill.rules.decisions import Refused
from logindrill.scenarios.actors import PERSON, SERVICES
from logindrill.scenarios.catalogue import find, scenarios
from logindrill.scenarios.opening import in_sandbox, reasons_not_stageable
from logindrill.scenarios.scenario import ORDINARY
from logindrill.web.in_process import InProcessTransport


@pytest.fixture
def portal(app: Flask) -> str:
    """The id of a sandbox with a contact in it."""
    dora = {
        "id": "usr_dora",
        "name": "Dora Dale",
        "emails": [{"address": "dora.dale@example.test"}],
        "memberships": [{"company": "co_clinic", "role": "contact"}],
    }
    stella = {
        "id": "usr_stella",
        "name": "Stella Stone",
        "emails": [{"address": "stella.stone@example.test"}],
        "memberships": [{"company": "co_clinic", "role": "staff"}],
    }
    world = {"companies": [{"id": "co_clinic", "name": "Meadow Clinic"}], "people": [dora, stella]}
    new_sandbox = {"preset": "contact-portal", "world": world}
    answer = InProcessTransport(app)(Request("POST", "/control/v1/sandboxes", {}, new_sandbox))
    return str(answer.body["id"])


def test_a_scene_befalls_somebody_who_is_there(app: Flask, portal: str) -> None:
    card = in_sandbox(find("contact-deactivated"), InProcessTransport(app), portal, user="usr_dora")
    assert [actor.id for actor in card.actors] == ["usr_dora", "usr_stella"]
    answered = InProcessTransport(app)(Request("GET", f"/control/v1/sandboxes/{portal}/users/usr_dora"))
    assert answered.body["status"] == "deactivated"


@pytest.mark.parametrize("name", ["not-published", "bookmarked-page-refused"])
def test_what_takes_pages_of_its_own_takes_a_sandbox_of_its_own(app: Flask, portal: str, name: str) -> None:
    with pytest.raises(Refused) as refused:
        in_sandbox(find(name), InProcessTransport(app), portal, user="usr_dora")
    assert "a new sandbox" in str(refused.value.detail)


@pytest.mark.parametrize("preset", list(SERVICES))
def test_what_is_not_hindered_can_be_staged_and_what_is_hindered_cannot(app: Flask, preset: str) -> None:
    server, person = InProcessTransport(app), SERVICES[preset].actors[PERSON]["id"]
    new_sandbox = {"preset": preset, "world": SERVICES[preset].world(ORDINARY)}
    sandbox = server(Request("POST", "/control/v1/sandboxes", {}, new_sandbox)).body["id"]
    here = f"/control/v1/sandboxes/{sandbox}"
    everybody = server(Request("GET", f"{here}/users?limit=200")).body["data"]
    wanted = [scenario for scenario in scenarios().values() if scenario.preset == preset]
    hindered = reasons_not_stageable(wanted, everybody, person)
    refused = {}
    for scenario in wanted:
        server(Request("POST", f"{here}/reset", {}, {}))
        try:
            in_sandbox(scenario, server, sandbox, user=person)
        except Refused as refusal:
            refused[scenario.name] = refusal.detail
    assert refused.keys() == hindered.keys()


def test_nobody_is_offered_what_can_befall_nobody_there(app: Flask, portal: str) -> None:
    everybody = InProcessTransport(app)(Request("GET", f"/control/v1/sandboxes/{portal}/users")).body["data"]
    assert reasons_not_stageable([find("contact-deactivated")], everybody) == {}
    assert reasons_not_stageable([find("contact-deactivated")], everybody, "usr_stella") == {
        "contact-deactivated": "is for a contact"
    }


def test_people_with_a_second_factor_are_offered_scenarios_too(app: Flask) -> None:
    server = InProcessTransport(app)
    new_sandbox = {"preset": "business-chat", "world": SERVICES["business-chat"].world(ORDINARY)}
    here = f"/control/v1/sandboxes/{server(Request('POST', '/control/v1/sandboxes', {}, new_sandbox)).body['id']}"
    everybody = server(Request("GET", f"{here}/users")).body["data"]
    factor = {"method": "second_password"}
    with_factor = [{**person, "second_factor": factor} for person in everybody]
    assert reasons_not_stageable([find("deactivated")], with_factor) == {}
