"""One's own account over HTTP."""

import pytest
from flask import Flask

from logindrill.work.runtime import Runtime
from tests.support.doors import ClientApp, code_of
from tests.support.people import password_of, person
from tests.support.scenes import Scene, a_sandbox

NEW = {"password": "long enough", "password_confirmation": "long enough"}


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash"))


@pytest.fixture
def ada(app: Flask, scene: Scene) -> ClientApp:
    return ClientApp.of(app, scene, token=scene.signed_in("Ada Ash"))


def test_one_sees_and_renames_oneself(ada: ClientApp) -> None:
    assert ada.get("/me").get_json()["name"] == "Ada Ash"
    assert ada.call("PATCH", "/me", {"name": "Ada Aspen"}).get_json()["name"] == "Ada Aspen"
    assert ada.call("PATCH", "/me", {}).get_json()["name"] == "Ada Aspen"


def test_a_changed_password_ends_the_other_sessions(app: Flask, ada: ClientApp, scene: Scene) -> None:
    elsewhere = ClientApp.of(app, scene, token=scene.signed_in("Ada Ash"))
    answer = ada.call("PUT", "/me/password", NEW | {"current_password": password_of("Ada Ash")})
    assert (answer.status_code, answer.data) == (204, b"")
    assert "Content-Type" not in answer.headers
    assert ada.get("/me").status_code == 200
    assert elsewhere.get("/me").status_code == 401
    assert ada.sign_in("Ada Ash").status_code == 401
    assert ada.sign_in("Ada Ash", password="long enough").status_code == 201


def test_a_wrong_present_password_changes_nothing(ada: ClientApp) -> None:
    refused = ada.call("PUT", "/me/password", NEW | {"current_password": "wrong one"})
    assert (refused.status_code, code_of(refused)) == (403, "current_password_incorrect")
    assert ada.sign_in("Ada Ash").status_code == 201


def test_entries_that_cannot_be_are_named(ada: ClientApp) -> None:
    current = {"current_password": password_of("Ada Ash")}
    for entries, field, code in (
        ({"password": "short", "password_confirmation": "short"}, "password", "too_short"),
        ({"password": "long enough", "password_confirmation": "long enouch"}, "password_confirmation", "mismatch"),
        ({"password": "a" * 257, "password_confirmation": "a" * 257}, "password", "too_long"),
    ):
        refused = ada.call("PUT", "/me/password", current | entries)
        assert refused.status_code == 422
        assert [(e["field"], e["code"]) for e in refused.get_json()["errors"]] == [(field, code)]
