"""Scenarios over HTTP: listed, shown, set up, staged and played."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from logindrill.scenarios.catalogue import scenarios
from logindrill.work.runtime import Runtime
from tests.support.applications import NewApp
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox

KEY = "a key that is long enough to be one"


def call(app: Flask, method: str, path: str, body: Any = None, **more: Any) -> TestResponse:
    if body is not None:
        more["json"] = body
    return app.test_client().open(f"/control/v1{path}", method=method, **more)


@pytest.fixture
def team(runtime: Runtime) -> Scene:
    """A sandbox of one's own, with an owner and two members."""
    return a_sandbox(runtime, person("Olga Oak", "owner"), person("Ada Ash"), person("Ben Birch"))


def test_scenarios_are_listed_by_symptom_and_paged_by_name(app: Flask) -> None:
    first = call(app, "GET", "/scenarios?symptom=never_loads&limit=2").get_json()
    assert first["has_more"]
    assert {entry["symptom"] for entry in first["data"]} == {"never_loads"}
    second = call(app, "GET", f"/scenarios?symptom=never_loads&after={first['data'][-1]['name']}").get_json()
    names = [entry["name"] for entry in (*first["data"], *second["data"])]
    assert names == [s.name for s in scenarios().values() if s.symptom == "never_loads"]
    assert call(app, "GET", "/scenarios?after=deactivated&symptom=never_loads").status_code == 422
    assert call(app, "GET", "/scenarios?symptom=bad_luck").status_code == 422


def test_a_scenario_is_shown_with_the_exact_public_answer(app: Flask) -> None:
    shown = call(app, "GET", "/scenarios/invalid-password").get_json()
    assert shown["told"] == {"status": 401, "code": "invalid_credentials", "detail": "Invalid User / password"}
    assert shown["cause"]["reason"] == "wrong_password"


def test_a_name_that_is_none_is_not_found_and_put_right(app: Flask) -> None:
    answer = call(app, "POST", "/scenarios/deactivate/sandboxes", {})
    assert answer.status_code == 404
    assert "deactivated" in answer.get_json()["detail"]


def test_what_is_set_up_can_be_seen_by_an_app(app: Flask) -> None:
    answer = call(app, "POST", "/scenarios/deactivated/sandboxes", {})
    assert answer.status_code == 201
    card = answer.get_json()
    assert list(card) == ["name", "story", "sandbox", "actors", "steps", "cause", "remedies"]
    assert {"id", "name", "role", "identifier", "password"} == set(card["actors"][0])
    step = card["steps"][0]
    seen = app.test_client().open(
        step["request"]["path"], method="POST", json=step["request"]["body"], headers=step["request"]["headers"]
    )
    answer_body = {"status": seen.status_code, "code": seen.get_json()["code"], "detail": seen.get_json()["detail"]}
    assert answer_body == step["expect"]


def test_a_device_of_before_goes_along_with_the_steps(app: Flask) -> None:
    card = call(app, "POST", "/scenarios/trusted-device-after-30-days/sandboxes", {}).get_json()
    assert "X-Device-Token" in card["steps"][0]["request"]["headers"]


def test_several_scenarios_add_up_on_one_person(app: Flask, team: Scene) -> None:
    path = f"/sandboxes/{team.id}/scenarios"
    assert call(app, "POST", path, {"name": "deactivated", "user": "usr_ada"}).status_code == 201
    staged = call(app, "POST", path, {"name": "stuck-on-hotspot", "user": "usr_ada"})
    assert staged.status_code == 201, staged.text
    explained = call(app, "GET", f"/sandboxes/{team.id}/users/usr_ada/explanation").get_json()
    assert [cause["reason"] for cause in explained["causes"]][:2] == ["hotspot", "deactivated"]
    assert team.user("usr_ben").status == "active"


def test_without_a_person_the_first_whom_it_can_befall_is_taken(app: Flask, team: Scene) -> None:
    card = call(app, "POST", f"/sandboxes/{team.id}/scenarios", {"name": "deactivated"}).get_json()
    assert card["actors"][0]["id"] == "usr_ada"
    assert card["actors"][0]["password"] is None


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"name": "invalid-password"}, "scenario of customer-app"),
        ({"name": "not-activated-yet", "user": "usr_ada"}, "status invited"),
        ({"name": "otp-superseded", "user": "usr_ada"}, "second factor"),
    ],
)
def test_what_cannot_befall_somebody_is_refused_and_changes_nothing(
    app: Flask, team: Scene, body: dict[str, str], words: str
) -> None:
    before = len(team.events())
    refused = call(app, "POST", f"/sandboxes/{team.id}/scenarios", body)
    assert (refused.status_code, refused.get_json()["code"]) == (409, "invalid_transition")
    assert words in refused.get_json()["detail"]
    assert len(team.events()) == before


def test_somebody_unknown_and_a_sandbox_unknown_are_not_found(app: Flask, team: Scene) -> None:
    body = {"name": "deactivated", "user": "usr_nobody"}
    assert call(app, "POST", f"/sandboxes/{team.id}/scenarios", body).status_code == 404
    assert call(app, "POST", "/sandboxes/nowhere/scenarios", {"name": "deactivated"}).status_code == 404


def test_playing_one_shows_every_call_and_leaves_nothing_behind(app: Flask) -> None:
    verdict = call(app, "POST", "/scenarios/deactivated/runs", {}).get_json()
    assert (verdict["passed"], verdict["cause"], verdict["remedy"]) == (True, "deactivated", "reactivate")
    parts = [exchange["part"] for exchange in verdict["exchanges"]]
    assert list(dict.fromkeys(parts)) == ["set up", "reproduce", "explain", "cure", "after"]
    assert call(app, "GET", f"/sandboxes/{verdict['sandbox']}").status_code == 404


def test_the_sandbox_of_a_play_is_kept_where_that_is_wanted(app: Flask) -> None:
    verdict = call(app, "POST", "/scenarios/deactivated/runs", {"keep": True}).get_json()
    assert call(app, "GET", f"/sandboxes/{verdict['sandbox']}").status_code == 200


def test_with_a_control_key_scenarios_are_played_for_its_holders_only(new_app: NewApp) -> None:
    app = new_app(control_key=KEY)
    assert call(app, "POST", "/scenarios/deactivated/runs", {}).status_code == 401
    played = call(app, "POST", "/scenarios/deactivated/runs", {}, headers={"Authorization": f"Bearer {KEY}"})
    assert played.get_json()["passed"], played.get_json()["wrong"]
