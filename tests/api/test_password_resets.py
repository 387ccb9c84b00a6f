"""Forgot passwords over HTTP: one answer for everybody, in words, headers and time."""

import json
import statistics
import time
from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from logindrill.work.runtime import Runtime
from tests.support.doors import ClientApp, code_of
from tests.support.people import address_of, person
from tests.support.scenes import Scene, a_sandbox

ENTRIES = {"password": "long enough", "password_confirmation": "long enough"}
ASKED = {
    "known": "ada@example.test",
    "unknown": "nobody@example.test",
    "invited": "ben@example.test",
    "deactivated": "cleo@example.test",
    "malformed": "not an address at all",
}


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(
        runtime,
        person("Ada Ash"),
        person("Ben Birch", status="invited"),
        person("Cleo Cedar", status="deactivated"),
    )


@pytest.fixture
def caller(app: Flask, scene: Scene) -> ClientApp:
    return ClientApp.of(app, scene)


def link(scene: Scene) -> str:
    return f"/password-resets/{scene.newest_token(address_of('Ada Ash'))}"


@pytest.mark.rule("A9", "S12")
def test_everybody_gets_the_same_answer_byte_for_byte(caller: ClientApp) -> None:
    answers = [caller.post("/password-resets", {"identifier": typed}) for typed in ASKED.values()]
    for answer in answers:
        assert (answer.status_code, answer.get_json()) == (202, {"status": "accepted"})
    assert len({len(answer.headers.pop("X-Attempt-Id")) for answer in answers}) == 1
    assert len({answer.data for answer in answers}) == 1
    assert len({tuple(answer.headers) for answer in answers}) == 1


@pytest.mark.parametrize(
    "typed", ["a", "@", "ADA@EXAMPLE.TEST", " ada@example.test ", "a" * 254, "\u00e4@\u00f6", "ada@example.test,b"]
)
def test_any_text_without_controls_is_accepted(caller: ClientApp, typed: str) -> None:
    assert caller.post("/password-resets", {"identifier": typed}).status_code == 202


@pytest.mark.parametrize("typed", ["", "a" * 255, "ada@example.test\0", "ada\r\n@example.test", "\ud800", "a\u2028b"])
def test_other_text_is_refused_whoever_is_meant(caller: ClientApp, typed: str) -> None:
    body = json.dumps({"identifier": typed})
    refused = caller.post("/password-resets", data=body, content_type="application/json")
    assert (refused.status_code, code_of(refused)) == (422, "validation_failed")
    assert [error["field"] for error in refused.get_json()["errors"]] == ["identifier"]


@pytest.mark.parametrize("typed", [None, 1, ["ada@example.test"], ["ada@example.test", "eve@example.test"], {}])
@pytest.mark.rule("S13")
def test_exactly_one_address_is_taken(caller: ClientApp, scene: Scene, typed: object) -> None:
    assert caller.post("/password-resets", {"identifier": typed}).status_code == 422
    for more in ("email", "cc", "identifiers"):
        assert (
            caller.post("/password-resets", {"identifier": "ada@example.test", more: "eve@example.test"}).status_code
            == 422
        )
    assert scene.messages("ada@example.test") == []


@pytest.mark.parametrize("typed", ["ADA@example.test", "ada@EXAMPLE.test", "\uff41da@example.test"])
@pytest.mark.rule("S13")
def test_the_letter_goes_to_the_stored_address_not_the_typed_one(caller: ClientApp, scene: Scene, typed: str) -> None:
    assert caller.post("/password-resets", {"identifier": typed}).status_code == 202
    assert [letter.recipient for letter in scene.messages()] == ["ben@example.test", "ada@example.test"]


@pytest.mark.rule("S14")
def test_the_link_comes_from_configuration_never_from_the_call(caller: ClientApp, scene: Scene) -> None:
    elsewhere = {
        "Host": "evil.localhost:8401",
        "X-Forwarded-Host": "evil.test",
        "X-Forwarded-Proto": "https",
        "Forwarded": "host=evil.test",
        "Origin": "http://evil.localhost",
        "Referer": "http://evil.test/",
    }
    assert caller.post("/password-resets", {"identifier": "ada@example.test"}, headers=elsewhere).status_code == 202
    [letter] = scene.messages("ada@example.test")
    assert letter.link.startswith(f"http://localhost:8401/s/{scene.id}/reset-password/")
    assert "evil" not in letter.text + letter.html


def test_a_link_is_looked_at_used_once_and_gone(app: Flask, caller: ClientApp, scene: Scene) -> None:
    ada = ClientApp.of(app, scene, token=scene.signed_in("Ada Ash"))
    caller.post("/password-resets", {"identifier": "ada@example.test"})
    for method in ("GET", "HEAD"):
        assert caller.call(method, link(scene)).status_code == 200
    assert caller.get(link(scene)).get_json() == {"status": "usable", "expires_at": "2026-03-02T10:00:00Z"}
    used = caller.call("PUT", link(scene), ENTRIES)
    assert (used.status_code, used.data) == (204, b"")
    assert "Set-Cookie" not in used.headers
    assert ada.get("/session").status_code == 401
    gone = [caller.get(link(scene)), caller.call("PUT", link(scene), ENTRIES), caller.get("/password-resets/never-was")]
    assert {(answer.status_code, answer.data) for answer in gone} == {(410, gone[0].data)}
    assert caller.sign_in("Ada Ash").status_code == 401
    assert caller.sign_in("Ada Ash", password="long enough").status_code == 201


def test_the_app_that_opened_a_link_finishes_where_opening_uses_it_up(app: Flask, runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash", "owner"), policy={"links.used_by_get": True})
    ClientApp.of(app, scene).post("/password-resets", {"identifier": address_of("Ada")})
    path = f"/password-resets/{scene.newest_token(address_of('Ada'))}"
    address = f"/s/{scene.id}/v1{path}"
    opener, other = app.test_client(), app.test_client()
    assert (opener.get(address).status_code, other.get(address).status_code) == (200, 410)
    assert [app.put(address, json=ENTRIES).status_code for app in (other, opener, opener)] == [410, 204, 410]


def test_a_link_lives_for_an_hour_of_the_sandboxs_time(caller: ClientApp, scene: Scene) -> None:
    caller.post("/password-resets", {"identifier": "ada@example.test"})
    scene.wait(timedelta(minutes=59, seconds=59))
    assert caller.get(link(scene)).status_code == 200
    scene.wait(timedelta(seconds=1))
    assert caller.get(link(scene)).status_code == 410
    assert caller.call("PUT", link(scene), {"password": "x", "password_confirmation": "y"}).status_code == 410


def test_entries_that_cannot_be_use_nothing_up(caller: ClientApp, scene: Scene) -> None:
    caller.post("/password-resets", {"identifier": "ada@example.test"})
    for entries, field, code in (
        ({"password": "seven77", "password_confirmation": "seven77"}, "password", "too_short"),
        ({"password": "long enough", "password_confirmation": "Long enough"}, "password_confirmation", "mismatch"),
        ({"password": "long enough"}, "password_confirmation", "required"),
        (ENTRIES | {"user_id": "usr_cleo"}, "user_id", "unknown"),
    ):
        refused = caller.call("PUT", link(scene), entries)
        assert refused.status_code == 422
        assert [(e["field"], e["code"]) for e in refused.get_json()["errors"]] == [(field, code)]
    assert caller.call("PUT", link(scene), ENTRIES).status_code == 204


def test_an_invitation_is_no_reset_link(caller: ClientApp, scene: Scene) -> None:
    token = scene.newest_token(address_of("Ben Birch"))
    assert caller.get(f"/password-resets/{token}").status_code == 410
    assert caller.call("PUT", f"/password-resets/{token}", ENTRIES).status_code == 410
    assert caller.get(f"/invitations/{token}").status_code == 200


ROUNDS = 60
MOST = 1.5
"""Work that is done for one kind of address and left out for another shows as twice the time."""


@pytest.mark.rule("S12")
def test_everybody_gets_the_answer_after_the_same_time(app: Flask, scene: Scene) -> None:
    """Processor time of interleaved calls: what else the machine does meanwhile does not count."""
    taken: dict[str, list[float]] = {kind: [] for kind in ASKED}
    for turn in range(ROUNDS):
        first = turn % len(ASKED)
        for kind in [*ASKED][first:] + [*ASKED][:first]:
            taken[kind].append(time_taken(app, scene, ASKED[kind]))
    medians = {kind: statistics.median(times) for kind, times in taken.items()}
    assert max(medians.values()) < MOST * min(medians.values()), medians


def time_taken(app: Flask, scene: Scene, typed: str) -> float:
    """Seconds of the bare call of the application, without a test client around it."""
    body = json.dumps({"identifier": typed}).encode()
    path = f"/s/{scene.id}/v1/password-resets"
    environ = EnvironBuilder(path, method="POST", data=body, content_type="application/json").get_environ()
    before = time.thread_time()
    _, status, _ = run_wsgi_app(app.wsgi_app, environ, buffered=True)
    after = time.thread_time()
    assert status == "202 ACCEPTED"
    return after - before
