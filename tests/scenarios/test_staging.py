"""Scenes set on somebody who is there."""

import pytest
from flask import Flask

from logindrill.client import Request
from logindrill.rules.decisions import Refused
from logindrill.scenarios.catalogue import find
from logindrill.scenarios.opening import in_sandbox
from logindrill.web.inward import Inward


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
    told = {"preset": "contact-portal", "world": world}
    answer = Inward(app)(Request("POST", "/control/v1/sandboxes", {}, told))
    return str(answer.body["id"])


def test_a_scene_befalls_somebody_who_is_there(app: Flask, portal: str) -> None:
    card = in_sandbox(find("contact-deactivated"), Inward(app), portal, user="usr_dora")
    assert [actor.id for actor in card.actors] == ["usr_dora", "usr_stella"]
    told = Inward(app)(Request("GET", f"/control/v1/sandboxes/{portal}/users/usr_dora"))
    assert told.body["status"] == "deactivated"


@pytest.mark.parametrize("name", ["not-published", "bookmarked-page-refused"])
def test_what_takes_pages_of_its_own_takes_a_sandbox_of_its_own(app: Flask, portal: str, name: str) -> None:
    with pytest.raises(Refused) as refused:
        in_sandbox(find(name), Inward(app), portal, user="usr_dora")
    assert "a sandbox of its own" in str(refused.value.detail)
