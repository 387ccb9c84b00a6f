"""Every refusal of the public API leads the tester to its attempt; what never was an attempt leads nowhere."""

from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from logindrill.web.limits import PUBLIC
from logindrill.work.runtime import Runtime
from tests.support.doors import ClientApp
from tests.support.people import OTHER_COMPANY, address_of, person
from tests.support.scenes import MORNING, Scene, a_sandbox

NEW_PASSWORD = {"password": "long enough", "password_confirmation": "long enough"}


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(
        runtime,
        person("Ada Ash", "owner"),
        person("Ben Birch"),
        person("Cleo Cedar", status="deactivated"),
        person("Dana Dogwood", status="invited"),
        person("Eve Elm", company=OTHER_COMPANY),
    )


def attempt_of(answer: TestResponse, scene: Scene) -> str:
    """The operation of the attempt that an answer leads to."""
    attempt_id = answer.headers["X-Attempt-Id"]
    [found] = [row for row in scene.attempts() if row.id == attempt_id]
    assert found.status == answer.status_code
    return str(found.operation)


@pytest.mark.rule("rule-4")
def test_refusals_of_every_kind_are_found_again(app: Flask, scene: Scene) -> None:
    nobody = ClientApp.of(app, scene)
    owner = ClientApp.of(app, scene, token=scene.signed_in("Ada Ash"))
    member = ClientApp.of(app, scene, token=scene.signed_in("Ben Birch"))
    mobile = ClientApp.of(
        app, scene, token=nobody.sign_in("Ben Birch", headers=MOBILE).get_json()["session"]["access_token"]
    )
    taken = {"name": "Ben", "role": "member", "emails": [{"address": address_of("Ben Birch")}]}
    cookie = {"Cookie": "ld_session=x", "Origin": "https://evil.test"}
    answered = [
        (401, "sign_in", nobody.sign_in("Ada Ash", password="wrong one")),
        (401, "show_session", nobody.get("/session")),
        (401, "show_me", nobody.call("HEAD", "/me")),
        (401, "list_users", ClientApp.of(app, scene, token="mock_x").get("/users")),
        (403, "sign_in", nobody.sign_in("Cleo Cedar")),
        (403, "list_users", member.get("/users")),
        (403, "list_campaigns", mobile.get("/campaigns")),
        (403, "sign_in", nobody.sign_in("Ada Ash", headers=cookie)),
        (409, "invite_user", owner.post("/users", taken)),
        (409, "assign_role", owner.call("PUT", "/users/usr_ada/role", {"role": "member"})),
        (410, "show_password_reset", nobody.get("/password-resets/nonsense")),
        (410, "use_password_reset", nobody.call("PUT", "/password-resets/nonsense", NEW_PASSWORD)),
        (410, "show_invitation", nobody.get("/invitations/nonsense")),
        (410, "accept_invitation", nobody.post("/invitations/nonsense/acceptance", NEW_PASSWORD)),
        (422, "sign_in", nobody.post("/sign-ins", {})),
        (422, "sign_in", nobody.post("/sign-ins", [])),
        (422, "request_password_reset", nobody.post("/password-resets", {"identifier": ""})),
        (422, "list_users", owner.get("/users?limit=0")),
        (422, "list_users", owner.get("/users?after=usr_nobody")),
    ]
    for status, operation, answer in answered:
        assert answer.status_code == status, (operation, answer.text)
        assert attempt_of(answer, scene) == operation


MOBILE = {"X-Client": "mobile/2.3.1"}


def test_an_outdated_app_is_found_again(app: Flask, runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash", "owner"), policy={"apps.min_version": "1.10"})
    refused = ClientApp.of(app, scene).sign_in("Ada Ash", headers={"X-Client": "mobile/1.9"})
    assert (refused.status_code, refused.get_json()["min_version"]) == (426, "1.10")
    assert attempt_of(refused, scene) == "sign_in"


def test_a_throttled_sign_in_is_found_again_and_says_how_long_to_wait(app: Flask, runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash", "owner"), policy={"throttling.enabled": True})
    caller = ClientApp.of(app, scene)
    for _ in range(10):
        assert caller.sign_in("Ada Ash", password="wrong one").status_code == 401
    refused = caller.sign_in("Ada Ash")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == str(int(timedelta(minutes=15).total_seconds()))
    assert attempt_of(refused, scene) == "sign_in"


def test_calls_that_let_in_are_found_again_too(app: Flask, scene: Scene) -> None:
    caller = ClientApp.of(app, scene)
    caller.post("/password-resets", {"identifier": address_of("Ben Birch")})
    reset, invitation = scene.newest_token(address_of("Ben Birch")), scene.newest_token(address_of("Dana Dogwood"))
    answered = [
        (201, "sign_in", caller.sign_in("Ada Ash")),
        (202, "request_password_reset", caller.post("/password-resets", {"identifier": "nobody@example.test"})),
        (204, "use_password_reset", caller.call("PUT", f"/password-resets/{reset}", NEW_PASSWORD)),
        (201, "accept_invitation", caller.post(f"/invitations/{invitation}/acceptance", NEW_PASSWORD)),
    ]
    for status, operation, answer in answered:
        assert answer.status_code == status, (operation, answer.text)
        assert attempt_of(answer, scene) == operation


def test_looking_is_no_attempt(app: Flask, scene: Scene) -> None:
    caller = ClientApp.of(app, scene, token=scene.signed_in("Ada Ash"))
    invitation = scene.newest_token(address_of("Dana Dogwood"))
    before = len(scene.attempts())
    for path in (f"/invitations/{invitation}", "/session", "/me", "/users", "/configuration", "/conversations"):
        answer = caller.get(path)
        assert answer.status_code == 200
        assert "X-Attempt-Id" not in answer.headers
    assert len(scene.attempts()) == before


def test_what_was_never_an_attempt_leaves_none(app: Flask, scene: Scene) -> None:
    owner = ClientApp.of(app, scene, token=scene.signed_in("Ada Ash"))
    cookie = {"Cookie": "ld_session=x"}
    nobody = ClientApp.of(app, scene)
    before = len(scene.attempts())
    answered = [
        (400, nobody.post("/sign-ins", data=b"{", content_type="application/json")),
        (400, nobody.get("/session", headers={"Host": "evil.test"})),
        (404, nobody.get("/nothing")),
        (404, owner.get("/users/usr_nobody")),
        (404, owner.get("/users/usr_eve")),
        (404, owner.call("PATCH", "/users/usr_eve", {"name": "Evelyn"})),
        (404, owner.call("PUT", "/users/usr_eve/role", {"role": "admin"})),
        (404, owner.post("/users/usr_eve/invitations", {})),
        (404, owner.call("DELETE", "/users/usr_eve/sessions")),
        (404, owner.call("DELETE", "/me/sessions/ses_nobody")),
        (404, owner.post("/users/usr_dana/invitations", {"method": "temporary_password"})),
        (405, nobody.call("DELETE", "/sign-ins")),
        (413, nobody.post("/sign-ins", data=b"x" * (PUBLIC + 1), content_type="application/json")),
        (415, nobody.post("/sign-ins", data=b"{}", content_type="text/plain")),
        (415, nobody.call("DELETE", "/session", data=b"{}", content_type="text/plain", headers=cookie)),
    ]
    for status, answer in answered:
        assert answer.status_code == status, answer.text
        assert "X-Attempt-Id" not in answer.headers, answer.text
    assert len(scene.attempts()) == before


def test_an_attempts_id_is_always_as_long(app: Flask, scene: Scene) -> None:
    caller = ClientApp.of(app, scene)
    ids = {caller.get("/session").headers["X-Attempt-Id"] for _ in range(50)}
    assert len(ids) == 50
    assert len({len(attempt_id) for attempt_id in ids}) == 1


def test_every_answer_of_a_sandbox_tells_its_time(app: Flask, scene: Scene) -> None:
    scene.wait(timedelta(hours=1, microseconds=700_000))
    nobody = ClientApp.of(app, scene)
    answers = [
        nobody.get("/configuration"),
        nobody.get("/session"),
        nobody.get("/nothing"),
        nobody.call("DELETE", "/configuration"),
        nobody.post("/sign-ins", {}),
        nobody.post("/sign-ins", data=b"{", content_type="application/json"),
        nobody.post("/sign-ins", data=b"{}", content_type="text/plain"),
        nobody.post("/sign-ins", data=b"x" * (PUBLIC + 1), content_type="application/json"),
        nobody.post("/password-resets", {"identifier": "x"}),
        nobody.get("/users/%00"),
    ]
    later = MORNING + timedelta(hours=1)
    for answer in answers:
        assert answer.headers["X-Sandbox-Time"] == f"{later:%Y-%m-%dT%H:%M:%SZ}", answer.text


def test_where_there_is_no_sandbox_there_is_no_time(app: Flask) -> None:
    missing = app.test_client().get("/s/nobody/v1/configuration")
    assert missing.status_code == 404
    assert "X-Sandbox-Time" not in missing.headers
    assert "X-Attempt-Id" not in missing.headers
