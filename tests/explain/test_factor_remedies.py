"""Remedies of a second step that failed: codes, authenticator apps, numbers and devices."""

from datetime import timedelta

import pytest
from flask import Flask

from logindrill.work.runtime import Runtime
from tests.explain.asking import codes, remedy
from tests.explain.asking import truth as explained
from tests.support.curing import cure
from tests.support.doors import ClientApp
from tests.support.factors import shown_at, with_authenticator, with_second_password, with_whatsapp
from tests.support.people import password_of, person
from tests.support.scenes import a_sandbox


def test_the_number_that_was_typed_is_put_on_the_account(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ola Oak", "owner"), with_whatsapp("Ada Ash"))
    client = ClientApp.of(app, scene)
    sign_in_id = client.sign_in("Ada Ash").get_json()["sign_in_id"]
    card = explained(app, scene, client.post(f"/sign-ins/{sign_in_id}/otp", {"phone": "+14155550177"}))
    assert card["reason"] == "phone_mismatch"
    cure(app, scene, remedy(card, "correct_number"), by="usr_ola")
    client.post(f"/sign-ins/{sign_in_id}/otp", {"phone": "+14155550177"})
    assert scene.messages()[-1].code is not None


def test_the_device_of_every_call_is_recorded_truly(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, with_second_password("Eve Elm"), person("Ada Ash"))
    client = ClientApp.of(app, scene)
    sign_in_id = client.sign_in("Eve Elm").get_json()["sign_in_id"]
    entered = client.post(f"/sign-ins/{sign_in_id}/second-factor", {"second_password": "the second one"})
    token = entered.get_json()["device_token"]
    seen = [
        (None, "Bearer no", "none"),
        ("nobody's", "Bearer no", "unknown"),
        (token, "Bearer no", "another_user"),
        (token, f"Bearer {entered.get_json()['session']['access_token']}", "trusted"),
    ]
    for device, session, expected in seen:
        headers = {"Authorization": session} | ({} if device is None else {"X-Device-Token": device})
        refused = client.get("/users", headers=headers)
        assert explained(app, scene, refused)["request"]["device"] == expected


def test_what_is_never_sent_cannot_be_asked_for(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, with_authenticator("Eve Elm"))
    client = ClientApp.of(app, scene)
    sign_in_id = client.sign_in("Eve Elm").get_json()["sign_in_id"]
    shown = {"code": shown_at(scene.now)}
    client.post(f"/sign-ins/{sign_in_id}/second-factor", shown)
    again = client.sign_in("Eve Elm").get_json()["sign_in_id"]
    used = explained(app, scene, client.post(f"/sign-ins/{again}/second-factor", shown))
    assert (used["reason"], codes(used)) == ("used_code", ["use_next_code"])
    wrong = explained(app, scene, client.post(f"/sign-ins/{again}/second-factor", {"code": "000000"}))
    assert (wrong["reason"], codes(wrong)) == ("wrong_code", ["retype_code"])


@pytest.mark.parametrize(
    ("seconds", "reason", "ways"),
    [(-300, "expired_code", ["retype_code", "set_clock"]), (300, "early_code", ["set_clock"])],
)
def test_a_code_of_another_time_is_near_and_cured_by_the_clock(
    runtime: Runtime, app: Flask, seconds: int, reason: str, ways: list[str]
) -> None:
    scene = a_sandbox(runtime, with_authenticator("Eve Elm"))
    client = ClientApp.of(app, scene)
    sign_in_id = client.sign_in("Eve Elm").get_json()["sign_in_id"]
    code = shown_at(scene.now + timedelta(seconds=seconds))
    card = explained(app, scene, client.post(f"/sign-ins/{sign_in_id}/second-factor", {"code": code}))
    assert (card["reason"], codes(card)) == (reason, ways)
    assert [(miss["kind"], "5 minutes" in miss["evidence"]) for miss in card["near_misses"]] == [("other_time", True)]


def test_a_clock_that_is_off_is_found_where_an_app_is_set_up(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Eve Elm"))
    client = ClientApp.of(app, scene, token=scene.signed_in("Eve Elm"))
    begun = client.call("PUT", "/me/second-factor", {"current_password": password_of("Eve Elm"), "method": "totp"})
    code = shown_at(scene.now + timedelta(minutes=2), begun.get_json()["secret"])
    card = explained(app, scene, client.post("/me/second-factor/confirmation", {"code": code}))
    assert (card["reason"], codes(card)) == ("early_code", ["set_clock"])
    assert card["near_misses"][0]["evidence"] == "right, but the app shows it only in 2 minutes"


def test_a_factor_that_is_lost_is_removed_and_the_password_is_enough(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ola Oak", "owner"), with_authenticator("Eve Elm"), with_whatsapp("Ben Birch"))
    client = ClientApp.of(app, scene)
    card = explained(app, scene, client.sign_in("Eve Elm"))
    assert codes(card) == ["pass_factor", "remove_factor"]
    cure(app, scene, remedy(card, "remove_factor"), by="usr_ola")
    assert client.sign_in("Eve Elm").status_code == 201
    assert codes(explained(app, scene, client.sign_in("Ben Birch"))) == ["pass_factor"]
