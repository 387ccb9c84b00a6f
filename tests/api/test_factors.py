"""Setting up and removing a second factor, and listing devices, as a client app meets it."""

from typing import Any

import pytest
from flask import Flask

from logindrill.work.runtime import Runtime
from tests.support.doors import ClientApp, code_of
from tests.support.factors import MINUTE, SECOND_PASSWORD, shown_at, with_second_password
from tests.support.people import password_of, person
from tests.support.scenes import Scene, a_sandbox


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"), with_second_password("Ben Birch"), person("Eve Elm"))


def in_hand(app: Flask, scene: Scene, name: str) -> ClientApp:
    """The app of somebody without a factor, signed in."""
    return ClientApp.of(app, scene, token=scene.signed_in(name))


def proven(app: Flask, scene: Scene, headers: dict[str, str] | None = None) -> ClientApp:
    """Ben's app, signed in with his second password just now."""
    caller = ClientApp.of(app, scene)
    sign_in_id = caller.sign_in("Ben Birch", headers=headers).get_json()["sign_in_id"]
    answer = caller.post(f"/sign-ins/{sign_in_id}/second-factor", {"second_password": SECOND_PASSWORD}, headers=headers)
    caller.token = answer.get_json()["session"]["access_token"]
    return caller


def wants(method: str, name: str = "Eve Elm", **more: Any) -> dict[str, Any]:
    return {"current_password": password_of(name), "method": method, **more}


def test_an_authenticator_is_set_up_in_two_steps(app: Flask, scene: Scene) -> None:
    eve = in_hand(app, scene, "Eve Elm")
    begun = eve.call("PUT", "/me/second-factor", wants("totp"))
    assert begun.status_code == 200
    body = begun.get_json()
    assert set(body) == {"method", "status", "secret", "otpauth_uri", "qr_svg"}
    assert (body["method"], body["status"]) == ("totp", "unconfirmed")
    assert eve.get("/me").get_json()["second_factor"] is None
    confirmed = eve.post("/me/second-factor/confirmation", {"code": shown_at(scene.now, body["secret"])})
    assert (confirmed.status_code, confirmed.get_json()) == (200, {"method": "totp", "status": "active"})
    assert eve.get("/me").get_json()["second_factor"] == {"method": "totp"}


def test_another_factor_counts_at_once(app: Flask, scene: Scene) -> None:
    eve = in_hand(app, scene, "Eve Elm")
    answer = eve.call("PUT", "/me/second-factor", wants("second_password", second_password=SECOND_PASSWORD))
    assert (answer.status_code, answer.get_json()) == (200, {"method": "second_password", "status": "active"})
    assert eve.sign_in("Eve Elm").status_code == 200


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        (wants("carrier_pigeon"), "method", "invalid"),
        ({"method": "totp"}, "current_password", "required"),
        (wants("totp", secret="X"), "secret", "unknown"),
        (wants("second_password"), "second_password", "required"),
        (wants("whatsapp_otp"), "method", "required"),
    ],
)
def test_what_cannot_be_set_up_is_named_by_its_field(
    app: Flask, scene: Scene, body: dict[str, Any], field: str, code: str
) -> None:
    answer = in_hand(app, scene, "Eve Elm").call("PUT", "/me/second-factor", body)
    assert answer.status_code == 422
    assert [(error["field"], error["code"]) for error in answer.get_json()["errors"]] == [(field, code)]


def test_a_wrong_current_password_is_answered_as_such(app: Flask, scene: Scene) -> None:
    eve = in_hand(app, scene, "Eve Elm")
    for method in ("PUT", "DELETE"):
        body = {"current_password": "wrong"} | ({"method": "totp"} if method == "PUT" else {})
        answer = eve.call(method, "/me/second-factor", body)
        assert (answer.status_code, code_of(answer)) == (403, "current_password_incorrect")


def test_removing_needs_the_factor_passed_just_now(app: Flask, scene: Scene) -> None:
    ben = proven(app, scene)
    scene.wait(5 * MINUTE)
    body = {"current_password": password_of("Ben Birch")}
    stale = ben.call("DELETE", "/me/second-factor", body)
    assert (stale.status_code, code_of(stale)) == (403, "reauthentication_required")
    fresh = proven(app, scene)
    assert fresh.call("DELETE", "/me/second-factor", body).status_code == 204
    assert fresh.sign_in("Ben Birch").status_code == 201
    assert fresh.call("DELETE", "/me/second-factor", body).status_code == 204


def test_nothing_to_confirm_is_a_conflict(app: Flask, scene: Scene) -> None:
    answer = in_hand(app, scene, "Eve Elm").post("/me/second-factor/confirmation", {"code": "123456"})
    assert (answer.status_code, code_of(answer)) == (409, "invalid_transition")


def test_a_wrong_code_confirms_nothing(app: Flask, scene: Scene) -> None:
    eve = in_hand(app, scene, "Eve Elm")
    eve.call("PUT", "/me/second-factor", wants("totp"))
    answer = eve.post("/me/second-factor/confirmation", {"code": "nonsense"})
    assert (answer.status_code, code_of(answer)) == (401, "invalid_second_factor")


def test_devices_are_listed_and_forgotten(app: Flask, scene: Scene) -> None:
    ben = proven(app, scene, {"User-Agent": "Mozilla/5.0 (X11) Firefox/130.0"})
    [device] = ben.get("/me/devices").get_json()["data"]
    assert device.pop("id").startswith("dev_")
    assert device == {
        "name": "Firefox",
        "client": "web",
        "trusted_at": "2026-03-02T09:00:00Z",
        "trusted_until": "2026-04-01T09:00:00Z",
        "current": False,
    }
    [device] = ben.get("/me/devices").get_json()["data"]
    assert ben.call("DELETE", f"/me/devices/{device['id']}").status_code == 204
    assert ben.get("/me/devices").get_json() == {"data": [], "has_more": False}
    gone = ben.call("DELETE", f"/me/devices/{device['id']}")
    assert (gone.status_code, code_of(gone)) == (404, "not_found")


def test_staff_help_who_is_locked_out(app: Flask, scene: Scene) -> None:
    owner = in_hand(app, scene, "Ada Ash")
    assert owner.call("DELETE", "/users/usr_ben/second-factor").status_code == 204
    assert owner.call("DELETE", "/users/usr_ben/lock").status_code == 204
    assert ClientApp.of(app, scene).sign_in("Ben Birch").status_code == 201
    own = owner.call("DELETE", "/users/usr_ada/second-factor")
    assert (own.status_code, code_of(own)) == (409, "own_account")
    member = in_hand(app, scene, "Eve Elm")
    for path in ("/users/usr_ben/second-factor", "/users/usr_ben/lock"):
        refused = member.call("DELETE", path)
        assert (refused.status_code, code_of(refused)) == (403, "forbidden")
        assert refused.get_json()["permission"] == "users.edit"


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "/me/second-factor", wants("totp")),
        ("POST", "/me/second-factor/confirmation", {"code": "123456"}),
        ("DELETE", "/me/second-factor", {"current_password": "x"}),
        ("GET", "/me/devices", None),
        ("DELETE", "/me/devices/dev_x", None),
        ("DELETE", "/users/usr_ben/second-factor", None),
        ("DELETE", "/users/usr_ben/lock", None),
    ],
)
def test_nobody_does_any_of_it_without_a_session(
    app: Flask, scene: Scene, method: str, path: str, body: dict[str, Any] | None
) -> None:
    answer = ClientApp.of(app, scene).call(method, path, body)
    assert (answer.status_code, code_of(answer)) == (401, "unauthenticated")
