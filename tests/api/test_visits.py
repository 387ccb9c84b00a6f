"""Visits of a browser that keeps no cookies: session and device die with them, and never before (B6, B7)."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from logindrill.services import conditions
from logindrill.work.perform import order
from logindrill.work.runtime import Runtime
from logindrill.world.conditions import ConditionPart
from tests.support.contacts import a_portal, devices
from tests.support.doors import ClientApp, code_of
from tests.support.people import address_of, id_of
from tests.support.scenes import Scene

CORA = {"email": address_of("Cora")}
ALMOST = timedelta(minutes=29, seconds=59)
WORDS = {"incognito": "cookies_incognito", "auto_delete": "cookies_auto_deleted"}


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_portal(runtime)


@pytest.fixture
def window(app: Flask, scene: Scene) -> ClientApp:
    """A browser's window, with its cookies in hand: nothing is forgotten but by the server."""
    return ClientApp.of(app, scene, cookies=True)


def keep_no_cookies(scene: Scene, word: str, **match: str) -> str:
    said: dict[str, Any] = {"cookies": word, "match": match or {"user": id_of("Cora")}}
    return order(scene.work(), conditions.begin, ConditionPart.model_validate(said)).id


def come_in(window: ClientApp, scene: Scene) -> None:
    assert window.post("/confirmation-codes", CORA).status_code == 202
    code = scene.messages()[-1].code
    assert window.post("/confirmations", CORA | {"code": code}).status_code == 201


def why_asked(window: ClientApp, scene: Scene) -> str | None:
    """Why a code is needed, None if it is not."""
    answer = window.post("/confirmation-codes", CORA)
    reason = scene.attempts()[-1].reason
    assert (answer.status_code == 201) == (reason is None)
    return None if reason is None else str(reason)


@pytest.mark.parametrize("word", WORDS)
def test_within_a_visit_no_new_code_is_needed_and_no_call_is_refused(
    window: ClientApp, scene: Scene, word: str
) -> None:
    keep_no_cookies(scene, word)
    come_in(window, scene)
    for _ in range(4):
        scene.wait(ALMOST)
        assert window.get("/me").status_code == 200
    assert why_asked(window, scene) is None


@pytest.mark.rule("B6", "B7")
@pytest.mark.parametrize("word", WORDS)
def test_half_an_hour_without_a_call_ends_the_visit_with_session_and_device(
    window: ClientApp, scene: Scene, word: str
) -> None:
    keep_no_cookies(scene, word)
    come_in(window, scene)
    scene.wait(timedelta(minutes=30))
    dead = window.get("/me")
    assert (dead.status_code, code_of(dead)) == (401, "unauthenticated")
    assert scene.attempts()[-1].reason == "visit_ended"
    assert devices(scene)[0].revoked_at is not None
    assert why_asked(window, scene) == WORDS[word]


def test_a_visit_lasts_from_the_last_call_to_the_instant(window: ClientApp, scene: Scene) -> None:
    keep_no_cookies(scene, "incognito")
    come_in(window, scene)
    scene.wait(timedelta(seconds=30))
    assert window.get("/me").status_code == 200
    scene.wait(timedelta(minutes=30) - timedelta(microseconds=1))
    assert window.get("/me").status_code == 200
    scene.wait(timedelta(minutes=30))
    assert window.get("/me").status_code == 401


@pytest.mark.parametrize("word", WORDS)
def test_signing_out_ends_the_visit_with_its_device(window: ClientApp, scene: Scene, word: str) -> None:
    keep_no_cookies(scene, word)
    come_in(window, scene)
    assert window.call("DELETE", "/session").status_code == 204
    assert why_asked(window, scene) == WORDS[word]


def test_ending_ones_own_session_from_the_list_ends_the_visit_too(window: ClientApp, scene: Scene) -> None:
    keep_no_cookies(scene, "incognito")
    come_in(window, scene)
    assert window.call("DELETE", f"/me/sessions/{scene.sessions()[-1].id}").status_code == 204
    assert devices(scene)[0].revoked_at is not None


@pytest.mark.parametrize("end_it", ["sign out", "wait"])
def test_what_was_forgotten_stays_forgotten_when_cookies_are_kept_again(
    window: ClientApp, scene: Scene, end_it: str
) -> None:
    condition = keep_no_cookies(scene, "incognito")
    come_in(window, scene)
    if end_it == "sign out":
        window.call("DELETE", "/session")
    else:
        scene.wait(timedelta(minutes=30))
        window.get("/me")
    order(scene.work(), conditions.end, condition)
    assert why_asked(window, scene) == "device_revoked"
    come_in(window, scene)
    window.call("DELETE", "/session")
    assert why_asked(window, scene) is None


def test_each_visit_needs_a_code_and_the_next_one_too(window: ClientApp, scene: Scene) -> None:
    keep_no_cookies(scene, "incognito")
    for _ in range(3):
        come_in(window, scene)
        scene.wait(timedelta(minutes=30))
    assert [row.code for row in scene.messages()] == list(dict.fromkeys(row.code for row in scene.messages()))
    assert len(scene.messages()) == 3


def test_a_browser_that_really_lost_its_cookies_has_the_same_cause(app: Flask, window: ClientApp, scene: Scene) -> None:
    keep_no_cookies(scene, "incognito")
    come_in(window, scene)
    scene.wait(timedelta(minutes=30))
    assert why_asked(ClientApp.of(app, scene), scene) == "cookies_incognito"


def test_a_browser_that_keeps_its_cookies_is_recognised_after_signing_out(window: ClientApp, scene: Scene) -> None:
    come_in(window, scene)
    scene.wait(timedelta(hours=5))
    assert window.get("/me").status_code == 200
    window.call("DELETE", "/session")
    assert why_asked(window, scene) is None


def test_only_the_device_that_is_meant_forgets(app: Flask, window: ClientApp, scene: Scene) -> None:
    come_in(window, scene)
    keep_no_cookies(scene, "incognito", device=devices(scene)[0].id)
    other = ClientApp.of(app, scene, cookies=True)
    come_in(other, scene)
    scene.wait(timedelta(minutes=30))
    assert why_asked(window, scene) == "cookies_incognito"
    assert why_asked(other, scene) is None


def test_how_long_a_visit_lasts_is_the_policys_to_say(app: Flask, runtime: Runtime) -> None:
    scene = a_portal(runtime, policy={"visits.idle": "PT5M"})
    window = ClientApp.of(app, scene, cookies=True)
    keep_no_cookies(scene, "incognito")
    come_in(window, scene)
    scene.wait(timedelta(minutes=5))
    assert window.get("/me").status_code == 401
