"""Circumstances of a client, seen from outside: what surrounds a call decides before anybody asks who it is."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from logindrill.services import conditions, faults, policies
from logindrill.work.perform import order
from logindrill.work.runtime import Runtime
from logindrill.world.conditions import ConditionPart
from logindrill.world.faults import FaultPart
from tests.support.doors import ClientApp, code_of
from tests.support.people import address_of, id_of, person
from tests.support.scenes import Scene, a_sandbox

ADA = person("Ada Ash")
BEN = person("Ben Birch")
IPHONE = {"X-Client": "mobile/2.3.1", "X-Installation-Id": "phone-1"}


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, ADA, BEN)


@pytest.fixture
def client(app: Flask, scene: Scene) -> ClientApp:
    return ClientApp.of(app, scene)


def begin(scene: Scene, **said: Any) -> str:
    return order(scene.work(), conditions.begin, ConditionPart.model_validate(said)).id


def end(scene: Scene, condition_id: str) -> None:
    order(scene.work(), conditions.end, condition_id)


def arm(scene: Scene, **said: Any) -> str:
    return order(scene.work(), faults.arm, FaultPart.model_validate(said)).id


def turn(scene: Scene, **knobs: Any) -> None:
    order(scene.work(), policies.change, {name.replace("__", "."): value for name, value in knobs.items()})


@pytest.mark.rule("B10")
@pytest.mark.parametrize("typed", ["ada@example.test", "ada@example.test ", " ada@example.test", "Ada@Example.test"])
def test_circumstances_follow_whom_the_sign_in_is_about(scene: Scene, client: ClientApp, typed: str) -> None:
    turn(scene, networks__vpn="deny")
    begin(scene, match={"user": id_of("Ada")}, network="vpn")
    answer = client.post("/sign-ins", {"identifier": typed, "password": "wrong"})
    assert (answer.status_code, code_of(answer)) == (403, "network_blocked")
    assert scene.attempts()[-1].reason == "vpn"


@pytest.mark.rule("A30", "A31")
@pytest.mark.parametrize("said", [{"network": "hotspot"}, {"cache": "stale"}])
def test_a_stuck_client_gets_503_and_no_attempt_but_an_event(scene: Scene, client: ClientApp, said: Any) -> None:
    condition = begin(scene, match={"user": id_of("Ada")}, **said)
    answer = client.sign_in("Ada")
    assert (answer.status_code, code_of(answer)) == (503, "network_unsupported")
    assert answer.headers["Retry-After"] == "5"
    assert "X-Attempt-Id" not in answer.headers
    assert not scene.attempts()
    assert scene.events()[-1].what == "connection"
    assert scene.events()[-1].subject == id_of("Ada")
    assert client.sign_in("Ben").status_code == 201
    end(scene, condition)
    assert client.sign_in("Ada").status_code == 201


@pytest.mark.rule("A32")
def test_an_unsupported_browser_never_loads(scene: Scene, client: ClientApp) -> None:
    turn(scene, browsers__supported=["chrome"])
    safari = {"User-Agent": "Mozilla/5.0 (Macintosh) AppleWebKit/605 Version/17.0 Safari/605.1.15"}
    assert code_of(client.sign_in("Ada", headers=safari)) == "network_unsupported"
    chrome = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36"}
    assert client.sign_in("Ada", headers=chrome).status_code == 201


@pytest.mark.rule("A30")
def test_an_offline_client_gets_no_answer_and_leaves_no_attempt(scene: Scene, client: ClientApp) -> None:
    begin(scene, network="offline")
    answer = client.sign_in("Ada")
    assert answer.headers["Connection"] == "close"
    assert not answer.data
    assert not scene.attempts()


def test_a_vpn_stops_a_sign_in_where_it_is_denied(scene: Scene, client: ClientApp) -> None:
    begin(scene, match={"user": id_of("Ada")}, network="vpn")
    assert client.sign_in("Ada").status_code == 201
    turn(scene, networks__vpn="deny")
    answer = client.sign_in("Ada")
    assert (answer.status_code, code_of(answer)) == (403, "network_blocked")
    assert scene.attempts()[-1].reason == "vpn"
    assert scene.attempts()[-1].user_id == id_of("Ada")


@pytest.mark.rule("C15")
def test_an_old_app_learns_which_version_is_required(scene: Scene, client: ClientApp) -> None:
    turn(scene, apps__min_version="1.10", apps__latest_version="2.0")
    answer = client.sign_in("Ada", headers={"X-Client": "mobile/1.9"})
    assert (answer.status_code, answer.get_json()["min_version"]) == (426, "1.10")
    assert scene.attempts()[-1].reason == "app_outdated"
    recent = client.sign_in("Ada", headers={"X-Client": "mobile/1.10"})
    assert recent.get_json()["session"]["warnings"] == ["update_available"]


def test_a_condition_overrides_what_headers_say(scene: Scene, client: ClientApp) -> None:
    begin(scene, match={"client": "mobile"}, app_version="1.0", notifications="off")
    turn(scene, apps__latest_version="2.0")
    answer = client.sign_in("Ada", headers=IPHONE | {"X-Notifications": "on"})
    assert answer.get_json()["session"]["warnings"] == ["notifications_off", "update_available"]


def test_the_newest_condition_wins_field_by_field(scene: Scene, client: ClientApp) -> None:
    begin(scene, network="hotspot", cache="stale")
    newest = begin(scene, network="wifi")
    assert client.sign_in("Ada").status_code == 503
    assert scene.events()[-1].details["reason"] == "stale_cache"
    begin(scene, cache="fresh")
    assert client.sign_in("Ada").status_code == 201
    end(scene, newest)
    assert client.sign_in("Ada").status_code == 503


@pytest.mark.rule("A35")
def test_a_broken_installation_loses_every_session_until_it_is_new(scene: Scene, client: ClientApp) -> None:
    condition = begin(scene, match={"installation": "phone-1"}, installation="broken")
    signed_in = client.sign_in("Ada", headers=IPHONE)
    client.token = signed_in.get_json()["session"]["access_token"]
    assert code_of(client.get("/me", headers=IPHONE)) == "unauthenticated"
    assert scene.attempts()[-1].reason == "installation_broken"
    end(scene, condition)
    assert client.get("/me", headers=IPHONE).status_code == 401, "that very session stays dead"
    client.token = None
    client.token = client.sign_in("Ada", headers=IPHONE).get_json()["session"]["access_token"]
    assert client.get("/me", headers=IPHONE).status_code == 200


def test_an_incognito_visit_ends_after_half_an_hour_without_a_call(scene: Scene, client: ClientApp) -> None:
    condition = begin(scene, cookies="incognito")
    client.token = client.sign_in("Ada").get_json()["session"]["access_token"]
    assert client.get("/me").status_code == 200
    scene.wait(timedelta(minutes=30))
    assert client.get("/me").status_code == 401
    assert scene.attempts()[-1].reason == "visit_ended"
    end(scene, condition)
    assert client.get("/me").status_code == 401


def test_a_fault_strikes_after_the_calls_it_skips_and_no_more_often_than_said(scene: Scene, client: ClientApp) -> None:
    arm(
        scene,
        match={"operation": "sign_in", "user": id_of("Ada")},
        effect={"status": 503, "body": {"oops": True}, "retry_after": "PT2S"},
        skip=1,
        times=2,
    )
    statuses = [client.sign_in("Ada").status_code for _ in range(4)]
    assert statuses == [201, 503, 503, 201]
    assert client.sign_in("Ben").status_code == 201
    assert [attempt.reason for attempt in scene.attempts()][:4] == [None, "fault", "fault", None]


def test_a_fault_answers_as_armed_and_carries_an_attempt(scene: Scene, client: ClientApp) -> None:
    arm(scene, effect={"status": 502, "body": "bad gateway", "retry_after": "PT2S"})
    answer = client.sign_in("Ada")
    assert (answer.status_code, answer.text, answer.headers["Retry-After"]) == (502, "bad gateway", "2")
    assert answer.headers["X-Attempt-Id"] == scene.attempts()[-1].id
    assert scene.attempts()[-1].status == 502


def test_a_fault_finds_the_person_of_a_session(scene: Scene, client: ClientApp) -> None:
    client.token = client.sign_in("Ada").get_json()["session"]["access_token"]
    arm(scene, match={"user": id_of("Ada"), "method": "GET", "path": "/v1/me"}, effect={"status": 500})
    assert client.get("/me/sessions").status_code == 200
    assert client.get("/me").status_code == 500


def test_latency_alone_only_delays(scene: Scene, client: ClientApp) -> None:
    arm(scene, effect={"latency": "PT0.01S"})
    assert client.sign_in("Ada").status_code == 201


def test_of_two_faults_the_older_strikes_first_and_the_newer_waits(scene: Scene, client: ClientApp) -> None:
    arm(scene, effect={"status": 500}, times=1, id="first")
    arm(scene, effect={"status": 501}, times=1, id="second")
    body = {"identifier": address_of("Ada")}
    assert [client.post("/password-resets", body).status_code for _ in range(3)] == [500, 501, 202]
