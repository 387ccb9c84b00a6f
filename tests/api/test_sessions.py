"""Sessions over HTTP: seen, listed, ended."""

import pytest
from flask import Flask

from logindrill.work.runtime import Runtime
from tests.support.doors import ClientApp, code_of
from tests.support.people import COMPANY, OTHER_COMPANY, person
from tests.support.scenes import Scene, a_sandbox


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(
        runtime,
        person("Ada Ash", "owner"),
        person("Ben Birch"),
        person("Cleo Cedar", company=OTHER_COMPANY),
    )


def signed_in(app: Flask, scene: Scene, name: str) -> ClientApp:
    return ClientApp.of(app, scene, token=scene.signed_in(name))


def test_the_session_of_the_call_is_shown(app: Flask, scene: Scene) -> None:
    body = signed_in(app, scene, "Ada Ash").get("/session").get_json()
    assert set(body) == {
        "id",
        "token_type",
        "expires_at",
        "expires_in",
        "client",
        "company",
        "companies",
        "capabilities",
        "warnings",
        "user",
    }
    assert (body["company"], body["user"]["id"]) == (COMPANY, "usr_ada")
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 30 * 24 * 3600)
    assert "access_token" not in str(body)


def test_a_token_counts_in_its_one_spelling_only(app: Flask, scene: Scene) -> None:
    token = scene.signed_in("Ada Ash")
    twins = (
        token[:-1],
        token[1:],
        token + "A",
        token + "=",
        token.swapcase(),
        token.lower(),
        token.removeprefix("mock_"),
        f"mock_{token}",
        f" {token}",
        f"{token} ",
        token.replace("mock_", "MOCK_"),
        f'"{token}"',
        f"{token},{token}",
    )
    for twin in twins:
        refused = ClientApp.of(app, scene, token=twin).get("/session")
        assert (refused.status_code, code_of(refused)) == (401, "unauthenticated"), twin
    assert ClientApp.of(app, scene, token=token).get("/session").status_code == 200


def test_a_token_in_the_address_counts_for_nothing(app: Flask, scene: Scene) -> None:
    token = scene.signed_in("Ada Ash")
    for query in (f"access_token={token}", f"token={token}"):
        assert ClientApp.of(app, scene).get(f"/session?{query}").status_code == 401


def test_one_lists_and_ends_ones_own_sessions(app: Flask, scene: Scene) -> None:
    here, there = signed_in(app, scene, "Ben Birch"), signed_in(app, scene, "Ben Birch")
    listed = here.get("/me/sessions").get_json()
    assert set(listed) == {"data", "has_more"}
    [current] = [entry for entry in listed["data"] if entry["current"]]
    [other] = [entry for entry in listed["data"] if not entry["current"]]
    assert current["id"] == here.get("/session").get_json()["id"]
    assert here.call("DELETE", f"/me/sessions/{other['id']}").status_code == 204
    assert there.get("/session").status_code == 401
    assert here.call("DELETE", f"/me/sessions/{other['id']}").status_code == 404


def test_a_strangers_session_is_as_unknown_as_none(app: Flask, scene: Scene) -> None:
    ada, ben = signed_in(app, scene, "Ada Ash"), signed_in(app, scene, "Ben Birch")
    foreign = ada.get("/session").get_json()["id"]
    answers = [ben.call("DELETE", f"/me/sessions/{session_id}") for session_id in (foreign, "ses_nobody")]
    assert {(answer.status_code, answer.data) for answer in answers} == {(404, answers[0].data)}
    assert ada.get("/session").status_code == 200


def test_staff_end_every_session_of_a_person(app: Flask, scene: Scene) -> None:
    ada, ben = signed_in(app, scene, "Ada Ash"), signed_in(app, scene, "Ben Birch")
    assert len(ada.get("/users/usr_ben/sessions").get_json()["data"]) == 1
    assert ada.call("DELETE", "/users/usr_ben/sessions").status_code == 204
    assert ben.get("/session").status_code == 401
    assert ada.get("/users/usr_ben/sessions").get_json() == {"data": [], "has_more": False}


def test_a_member_sees_no_sessions_of_others(app: Flask, scene: Scene) -> None:
    ben = signed_in(app, scene, "Ben Birch")
    for method in ("GET", "DELETE"):
        refused = ben.call(method, "/users/usr_ada/sessions")
        assert (refused.status_code, refused.get_json()["permission"]) == (403, "users.sessions")


def test_another_companys_people_are_as_unknown_as_nobody(app: Flask, scene: Scene) -> None:
    ada, cleo = signed_in(app, scene, "Ada Ash"), signed_in(app, scene, "Cleo Cedar")
    for method in ("GET", "DELETE"):
        answers = [ada.call(method, f"/users/{user}/sessions") for user in ("usr_cleo", "usr_nobody")]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].data == answers[1].data
    assert cleo.get("/session").status_code == 200
