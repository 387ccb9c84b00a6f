"""Invitations over HTTP: seen, accepted, resent, revoked."""

import pytest
from flask import Flask

from logindrill.work.runtime import Runtime
from tests.support.doors import ClientApp, code_of
from tests.support.people import address_of, person
from tests.support.scenes import Scene, a_sandbox

ENTRIES = {"password": "long enough", "password_confirmation": "long enough"}


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"), person("Ben Birch", status="invited"))


@pytest.fixture
def invited(app: Flask, scene: Scene) -> ClientApp:
    return ClientApp.of(app, scene, cookies=True)


@pytest.fixture
def owner(app: Flask, scene: Scene) -> ClientApp:
    return ClientApp.of(app, scene, token=scene.signed_in("Ada Ash"))


def link(scene: Scene) -> str:
    return f"/invitations/{scene.newest_token(address_of('Ben Birch'))}"


def test_an_invitation_tells_whom_it_is_for(invited: ClientApp, scene: Scene) -> None:
    assert invited.get(link(scene)).get_json() == {
        "status": "usable",
        "email": "ben@example.test",
        "company": "Harbour Books",
        "expires_at": "2026-03-09T09:00:00Z",
    }


def test_accepting_activates_and_never_signs_in(invited: ClientApp, scene: Scene) -> None:
    accepted = invited.post(f"{link(scene)}/acceptance", ENTRIES | {"whatsapp_number": "+1 415 555 0100"})
    assert accepted.status_code == 201
    body = accepted.get_json()
    assert set(body) == {"status", "user"}
    assert (body["status"], body["user"]["status"]) == ("activated", "active")
    assert body["user"]["phones"] == [{"number": "+14155550100", "kind": "whatsapp"}]
    assert "Set-Cookie" not in accepted.headers
    assert invited.get("/session").status_code == 401
    assert invited.sign_in("Ben Birch", password="long enough").status_code == 201


def test_looking_uses_nothing_up(invited: ClientApp, scene: Scene) -> None:
    for method in ("GET", "HEAD", "OPTIONS", "GET"):
        assert invited.call(method, link(scene)).status_code == 200
    assert invited.post(f"{link(scene)}/acceptance", ENTRIES).status_code == 201


def test_a_used_link_is_gone(invited: ClientApp, scene: Scene) -> None:
    invited.post(f"{link(scene)}/acceptance", ENTRIES)
    gone = [
        invited.get(link(scene)),
        invited.post(f"{link(scene)}/acceptance", ENTRIES),
        invited.get("/invitations/never-was"),
        invited.get(link(scene)[:-3]),
    ]
    assert [(answer.status_code, code_of(answer)) for answer in gone] == [(410, "link_unusable")] * 4
    assert len({answer.data for answer in gone}) == 1


def test_the_link_is_judged_before_the_fields(invited: ClientApp) -> None:
    body = {"password": "short", "password_confirmation": "other"}
    assert invited.post("/invitations/never-was/acceptance", body).status_code == 410


def test_a_field_that_cannot_be_uses_nothing_up(invited: ClientApp, scene: Scene) -> None:
    for wrong, field, code in (
        ({"password": "seven77", "password_confirmation": "seven77"}, "password", "too_short"),
        ({"password_confirmation": "long enough "}, "password_confirmation", "mismatch"),
        ({"whatsapp_number": "call me"}, "whatsapp_number", "invalid"),
        ({"role": "owner"}, "role", "unknown"),
        ({"email": "eve@example.test"}, "email", "unknown"),
        ({"company": "co_meadow"}, "company", "unknown"),
    ):
        refused = invited.post(f"{link(scene)}/acceptance", ENTRIES | wrong)
        assert refused.status_code == 422, wrong
        assert [(e["field"], e["code"]) for e in refused.get_json()["errors"]] == [(field, code)]
    assert invited.post(f"{link(scene)}/acceptance", ENTRIES).status_code == 201


def test_the_newest_link_wins(invited: ClientApp, owner: ClientApp, scene: Scene) -> None:
    older = link(scene)
    resent = owner.post("/users/usr_ben/invitations", {"method": "email"})
    assert resent.status_code == 201
    body = resent.get_json()
    assert body.pop("id").startswith("inv_")
    assert body == {
        "method": "email",
        "sign_in_identifier": "ben@example.test",
        "main_email": "ben@example.test",
        "expires_at": "2026-03-09T09:00:00Z",
    }
    assert scene.newest_token("ben@example.test") not in resent.text
    assert invited.get(older).status_code == 410
    assert invited.get(link(scene)).status_code == 200


def test_a_revoked_invitation_is_gone(invited: ClientApp, owner: ClientApp, scene: Scene) -> None:
    for _ in range(2):
        assert owner.call("DELETE", "/users/usr_ben/invitations").status_code == 204
    assert invited.get(link(scene)).status_code == 410


def test_an_active_member_is_not_invited_again(owner: ClientApp) -> None:
    refused = owner.post("/users/usr_ada/invitations", {"method": "email"})
    assert (refused.status_code, code_of(refused)) == (409, "invalid_transition")


def test_temporary_passwords_are_not_offered_here(owner: ClientApp) -> None:
    refused = owner.post("/users/usr_ben/invitations", {"method": "temporary_password"})
    assert (refused.status_code, code_of(refused)) == (404, "not_offered")


def test_an_invitation_of_one_sandbox_is_unknown_in_another(app: Flask, runtime: Runtime, scene: Scene) -> None:
    other = a_sandbox(runtime, person("Ben Birch", status="invited"))
    stranger = ClientApp.of(app, other)
    assert stranger.get(link(scene)).status_code == 410
    assert stranger.post(f"{link(scene)}/acceptance", ENTRIES).status_code == 410
    assert ClientApp.of(app, scene).get(link(scene)).status_code == 200
