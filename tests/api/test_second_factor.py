"""The second step of a sign-in as a client app meets it: status, words, tokens and cookies."""

from http.cookies import SimpleCookie
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from logindrill.work.runtime import Runtime
from tests.support.doors import ClientApp, code_of
from tests.support.factors import (
    NUMBER,
    OTHER_NUMBER,
    SECOND_PASSWORD,
    devices,
    shown_at,
    with_authenticator,
    with_second_password,
    with_whatsapp,
    wrong_code,
)
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(
        runtime,
        with_whatsapp("Ada Ash", "owner"),
        with_second_password("Ben Birch"),
        with_authenticator("Cleo Cedar"),
        person("Dora Dale"),
    )


def waits(app: ClientApp, name: str, **more: Any) -> str:
    """The path of a sign-in that waits for its second step."""
    answer = app.sign_in(name, **more)
    assert answer.status_code == 200, answer.text
    return f"/sign-ins/{answer.get_json()['sign_in_id']}"


def cookies_of(answer: TestResponse) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for header in answer.headers.getlist("Set-Cookie"):
        found |= SimpleCookie(header)
    return found


def test_a_person_with_a_factor_learns_its_method_and_nothing_else(app: Flask, scene: Scene) -> None:
    for name, method in (("Ada Ash", "whatsapp_otp"), ("Ben Birch", "second_password"), ("Cleo Cedar", "totp")):
        answer = ClientApp.of(app, scene).sign_in(name)
        body = answer.get_json()
        assert (answer.status_code, set(body)) == (200, {"status", "sign_in_id", "methods"})
        assert (body["status"], body["methods"]) == ("second_factor_required", [method])
        assert body["sign_in_id"].startswith("sin_")
        assert not cookies_of(answer)


def test_a_right_number_a_wrong_one_and_none_on_the_account_are_answered_alike(app: Flask, runtime: Runtime) -> None:
    scene = a_sandbox(runtime, with_whatsapp("Ada Ash"), with_whatsapp("Ben Birch", phones=[]))
    caller = ClientApp.of(app, scene)
    answers = [
        caller.post(f"{waits(caller, name)}/otp", {"phone": phone})
        for name, phone in (("Ada Ash", NUMBER), ("Ada Ash", OTHER_NUMBER), ("Ada Ash", "?"), ("Ben Birch", NUMBER))
    ]
    seen = {
        (answer.status_code, answer.data, tuple(sorted(h for h in answer.headers if h[0] != "X-Attempt-Id")))
        for answer in answers
    }
    assert len(seen) == 1, seen
    assert (answers[0].status_code, answers[0].get_json()) == (202, {"status": "code_sent"})
    reasons = [row.reason for row in scene.attempts() if row.operation == "request_sign_in_code"]
    assert reasons == [None, "phone_mismatch", "phone_mismatch", "no_number_on_account"]


@pytest.mark.parametrize("phone", ["", "+1 415\n555", 14155550100, None, "x" * 255])
def test_what_no_number_can_be_is_judged_by_the_text_alone(app: Flask, scene: Scene, phone: Any) -> None:
    caller = ClientApp.of(app, scene)
    answer = caller.post(f"{waits(caller, 'Ada Ash')}/otp", {"phone": phone})
    assert (answer.status_code, code_of(answer)) == (422, "validation_failed")


def test_passing_the_factor_gives_session_user_device_and_cookies(app: Flask, scene: Scene) -> None:
    caller = ClientApp.of(app, scene, cookies=True)
    path = waits(caller, "Ada Ash")
    caller.post(f"{path}/otp", {"phone": NUMBER})
    answer = caller.post(f"{path}/second-factor", {"code": scene.messages()[-1].code})
    assert answer.status_code == 201
    body = answer.get_json()
    assert set(body) == {"status", "session", "user", "device_token"}
    assert body["user"]["second_factor"] == {"method": "whatsapp_otp"}
    cookies = cookies_of(answer)
    assert cookies["ld_session"].value == body["session"]["access_token"]
    device = cookies["ld_device"]
    assert device.value == body["device_token"]
    assert (device["path"], device["samesite"], device["httponly"]) == (f"/s/{scene.id}", "Lax", True)
    assert int(device["max-age"]) == 400 * 86_400
    again = caller.sign_in("Ada Ash")
    assert again.status_code == 201
    assert "device_token" not in again.get_json()
    assert "ld_device" not in cookies_of(again)


def test_without_trust_there_is_no_device_to_give(app: Flask, scene: Scene) -> None:
    caller = ClientApp.of(app, scene, cookies=True)
    entry = {"second_password": SECOND_PASSWORD, "trust_device": False}
    answer = caller.post(f"{waits(caller, 'Ben Birch')}/second-factor", entry)
    assert answer.status_code == 201
    assert "device_token" not in answer.get_json()
    assert "ld_device" not in cookies_of(answer)
    assert caller.sign_in("Ben Birch").status_code == 200


def test_a_mobile_app_shows_its_device_in_a_header_and_gets_no_cookies(app: Flask, scene: Scene) -> None:
    caller = ClientApp.of(app, scene)
    phone = {"X-Client": "mobile/2.3.1", "X-Installation-Id": "inst-1"}
    path = waits(caller, "Ben Birch", headers=phone)
    answer = caller.post(f"{path}/second-factor", {"second_password": SECOND_PASSWORD}, headers=phone)
    assert answer.status_code == 201
    assert not cookies_of(answer)
    device = {"X-Device-Token": answer.get_json()["device_token"]}
    assert caller.sign_in("Ben Birch", headers=phone | device).status_code == 201
    other = {"X-Client": "mobile/2.3.1", "X-Installation-Id": "inst-2"}
    assert caller.sign_in("Ben Birch", headers=other | device).status_code == 200


def test_a_device_cookie_beside_a_bearer_counts_for_nothing(app: Flask, scene: Scene) -> None:
    caller = ClientApp.of(app, scene, cookies=True)
    caller.post(f"{waits(caller, 'Ben Birch')}/second-factor", {"second_password": SECOND_PASSWORD})
    assert caller.sign_in("Ben Birch").status_code == 201
    caller.token = "mock_anything"
    assert caller.sign_in("Ben Birch").status_code == 200


def test_asking_for_the_factor_sets_the_trusted_device_aside(app: Flask, scene: Scene) -> None:
    caller = ClientApp.of(app, scene, cookies=True)
    caller.post(f"{waits(caller, 'Ben Birch')}/second-factor", {"second_password": SECOND_PASSWORD})
    body = {"identifier": "ben@example.test", "password": "Secret of ben", "ask_second_factor": True}
    assert caller.post("/sign-ins", body).status_code == 200
    assert scene.attempts()[-1].reason == "second_factor_requested"


def test_every_wrong_entry_gets_the_same_answer(app: Flask, scene: Scene) -> None:
    caller = ClientApp.of(app, scene)
    path, other = waits(caller, "Ada Ash"), waits(caller, "Ada Ash")
    answered = [caller.post(f"{path}/second-factor", {"code": "123456"})]
    sent = []
    for target in (path, path):
        caller.post(f"{target}/otp", {"phone": NUMBER})
        sent.append(scene.messages()[-1].code)
    answered.append(caller.post(f"{path}/second-factor", {"code": sent[0]}))
    answered.append(caller.post(f"{other}/second-factor", {"code": sent[1]}))
    answered += [caller.post(f"{path}/second-factor", {"code": wrong_code(sent[1], n + 1)}) for n in range(5)]
    answered.append(caller.post(f"{path}/second-factor", {"code": sent[1]}))
    assert {answer.status_code for answer in answered} == {401}
    assert len({answer.data for answer in answered}) == 1
    assert code_of(answered[0]) == "invalid_second_factor"
    reasons = [row.reason for row in scene.attempts() if row.operation == "pass_second_factor"]
    assert reasons == ["no_code", "superseded_code", "other_sign_in", *["wrong_code"] * 5, "too_many_code_attempts"]


def test_a_dead_sign_in_is_410_whatever_killed_it(app: Flask, scene: Scene) -> None:
    caller = ClientApp.of(app, scene)
    used = waits(caller, "Cleo Cedar")
    assert caller.post(f"{used}/second-factor", {"code": shown_at(scene.now)}).status_code == 201
    dead = [("sign_in_used", used), ("sign_in_unknown", "/sign-ins/sin_x"), ("sign_in_unknown", f"{used}x")]
    for reason, path in dead:
        for step, body in (("otp", {"phone": NUMBER}), ("second-factor", {"code": "123456"})):
            answer = caller.post(f"{path}/{step}", body)
            assert (answer.status_code, code_of(answer)) == (410, "sign_in_expired")
            assert scene.attempts()[-1].reason == reason
            assert answer.headers["X-Attempt-Id"] == scene.attempts()[-1].id


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({}, "code", "required"),
        ({"code": ""}, "code", "invalid"),
        ({"code": 123456}, "code", "invalid"),
        ({"code": "1" * 65}, "code", "invalid"),
        ({"code": "123456", "trust_device": "yes"}, "trust_device", "invalid"),
        ({"code": "123456", "device": "x"}, "device", "unknown"),
        ({"second_password": "x"}, "code", "required"),
    ],
)
def test_an_entry_that_cannot_be_is_named_by_its_field(
    app: Flask, scene: Scene, body: dict[str, Any], field: str, code: str
) -> None:
    caller = ClientApp.of(app, scene)
    answer = caller.post(f"{waits(caller, 'Ada Ash')}/second-factor", body)
    assert answer.status_code == 422
    assert [(error["field"], error["code"]) for error in answer.get_json()["errors"]] == [(field, code)]


@pytest.mark.both_engines
@pytest.mark.parametrize("entry", ["\0\0\0\0\0\0", "\u0661\u0662\u0663\u0664\u0665\u0666", "12 345", "'; --"])
def test_odd_digits_are_just_wrong(app: Flask, scene: Scene, entry: str) -> None:
    caller = ClientApp.of(app, scene)
    for name in ("Ada Ash", "Cleo Cedar"):
        answer = caller.post(f"{waits(caller, name)}/second-factor", {"code": entry})
        assert (answer.status_code, code_of(answer)) == (401, "invalid_second_factor")


def test_the_step_that_waits_opens_nothing_else(app: Flask, scene: Scene) -> None:
    caller = ClientApp.of(app, scene)
    caller.token = waits(caller, "Ada Ash").rpartition("/")[2]
    for method, path in (("GET", "/me"), ("GET", "/session"), ("GET", "/users"), ("GET", "/me/devices")):
        assert caller.call(method, path).status_code == 401
    assert (
        caller.call("PUT", "/me/second-factor", {"current_password": "Secret of ada", "method": "totp"}).status_code
        == 401
    )


@pytest.mark.rule("S36", "S25")
def test_a_device_is_planted_by_nobody(app: Flask, scene: Scene) -> None:
    caller = ClientApp.of(app, scene)
    headers = {"X-Device-Token": "planted"}
    path = waits(caller, "Ben Birch", headers=headers)
    answer = caller.post(f"{path}/second-factor", {"second_password": SECOND_PASSWORD}, headers=headers)
    assert answer.get_json()["device_token"] != "planted"
    assert len(devices(scene)) == 1
    assert caller.sign_in("Ben Birch", headers=headers).status_code == 200
