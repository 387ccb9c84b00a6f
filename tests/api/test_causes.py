"""Everything that stood in the way of a call is on record, and what did not get through uses nothing up."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from logindrill.models import WrongEntry
from logindrill.rules.circumstances import Network
from logindrill.work.runtime import Runtime
from logindrill.world.conditions import ConditionMatch, ConditionPart
from tests.support.contacts import code_for, contact
from tests.support.doors import ClientApp, code_of
from tests.support.factors import SECOND_PASSWORD, with_second_password
from tests.support.people import address_of, password_of, person
from tests.support.scenes import Scene, a_sandbox

BEHIND_VPN = ConditionPart(match=ConditionMatch(), network=Network.VPN)


def a_scene(runtime: Runtime, preset: str, *people: Any, **policy: Any) -> Scene:
    return a_sandbox(runtime, *people, preset=preset, policy={"networks.vpn": "deny"} | policy, conditions=[BEHIND_VPN])


def codes_of(scene: Scene) -> list[str]:
    return [code for code, _, _ in scene.attempts()[-1].causes]


@pytest.mark.rule("B10")
def test_an_older_code_behind_a_vpn_tells_both(runtime: Runtime, app: Flask) -> None:
    scene = a_scene(runtime, "contact-portal", person("Sam Sage", "staff"), contact("Cora Crane"))
    older = code_for(scene)
    code_for(scene)
    body = {"email": address_of("Cora"), "code": older}
    refused = ClientApp.of(app, scene).post("/confirmations", body)
    assert (refused.status_code, code_of(refused)) == (403, "network_blocked")
    assert codes_of(scene) == ["vpn", "superseded_code"]
    assert scene.attempts()[-1].request["conditions"] == {"network": "vpn"}


def test_entries_behind_a_vpn_are_no_guesses(runtime: Runtime, app: Flask) -> None:
    scene = a_scene(runtime, "contact-portal", person("Sam Sage", "staff"), contact("Cora Crane"))
    code_for(scene)
    client = ClientApp.of(app, scene)
    for _ in range(6):
        client.post("/confirmations", {"email": address_of("Cora"), "code": "wrong"})
    assert codes_of(scene) == ["vpn", "wrong_code"]
    assert scene.rows(WrongEntry) == []


def test_passwords_behind_a_vpn_are_not_counted(runtime: Runtime, app: Flask) -> None:
    limits = {"throttling.enabled": True, "throttling.failures": 3}
    scene = a_scene(
        runtime, "business-chat", person("Ola Oak", "owner"), person("Ben Birch", status="deactivated"), **limits
    )
    client = ClientApp.of(app, scene)
    for _ in range(5):
        assert code_of(client.sign_in("Ben Birch", password="wrong")) == "network_blocked"
    assert codes_of(scene) == ["vpn", "wrong_password", "deactivated"]
    assert scene.rows(WrongEntry) == []


def test_a_second_password_behind_a_vpn_uses_nothing_up(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, with_second_password("Eve Elm"), policy={"networks.vpn": "deny"})
    client = ClientApp.of(app, scene)
    sign_in_id = client.sign_in("Eve Elm").get_json()["sign_in_id"]
    tool = app.test_client()
    condition = tool.post(f"/control/v1/sandboxes/{scene.id}/conditions", json={"match": {}, "network": "vpn"})
    for _ in range(6):
        refused = client.post(f"/sign-ins/{sign_in_id}/second-factor", {"second_password": "wrong"})
        assert code_of(refused) == "network_blocked"
    assert codes_of(scene) == ["vpn", "wrong_second_password"]
    assert code_of(client.post("/sign-ins/sin_no/second-factor", {"second_password": "x"})) == "network_blocked"
    tool.delete(f"/control/v1/sandboxes/{scene.id}/conditions/{condition.get_json()['id']}")
    passed = client.post(f"/sign-ins/{sign_in_id}/second-factor", {"second_password": SECOND_PASSWORD})
    assert passed.status_code == 201


@pytest.mark.rule("A26")
def test_a_link_that_ended_with_its_account_names_the_account_first(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ola Oak", "owner"), person("Ada Ash"))
    client = ClientApp.of(app, scene)
    client.post("/password-resets", {"identifier": address_of("Ada")})
    token = scene.newest_token(address_of("Ada"))
    ola = ClientApp.of(app, scene, token=scene.signed_in("Ola Oak"))
    ola.call("PUT", "/users/usr_ada/deactivation")
    refused = client.get(f"/password-resets/{token}")
    assert code_of(refused) == "link_unusable"
    assert (scene.attempts()[-1].reason, codes_of(scene)) == ("link_void", ["deactivated", "link_void"])


def test_a_waiting_sign_in_that_ended_with_its_account_names_the_account_first(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ola Oak", "owner"), with_second_password("Eve Elm"))
    client = ClientApp.of(app, scene)
    sign_in_id = client.sign_in("Eve Elm").get_json()["sign_in_id"]
    ClientApp.of(app, scene, token=scene.signed_in("Ola Oak")).call("PUT", "/users/usr_eve/deactivation")
    client.post(f"/sign-ins/{sign_in_id}/second-factor", {"second_password": SECOND_PASSWORD})
    assert codes_of(scene) == ["deactivated", "sign_in_void"]


def test_each_field_that_cannot_be_is_a_cause(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    client = ClientApp.of(app, scene)
    client.post("/password-resets", {"identifier": address_of("Ada")})
    link = f"/password-resets/{scene.newest_token(address_of('Ada'))}"
    client.call("PUT", link, {"password": "short", "password_confirmation": "other"})
    assert sorted(codes_of(scene)) == ["password_mismatch", "password_too_short"]


def test_a_right_sign_in_keeps_no_causes(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    scene.wait(timedelta(minutes=1))
    ClientApp.of(app, scene).sign_in("Ada Ash", password=password_of("Ada"))
    assert scene.attempts()[-1].causes == []
