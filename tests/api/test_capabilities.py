"""The areas that a session opens."""

import pytest
from flask import Flask

from logindrill.work.runtime import Runtime
from tests.support.doors import ClientApp, code_of
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox

AREAS = ("/conversations", "/campaigns", "/automations", "/settings", "/reports")


@pytest.fixture(scope="module")
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash"))


def test_the_web_opens_every_area(app: Flask, scene: Scene) -> None:
    ada = ClientApp.of(app, scene, token=scene.signed_in("Ada Ash"))
    for area in AREAS:
        told = ada.get(area).get_json()
        assert told["data"]
        assert told["has_more"] is False


def test_mobile_opens_conversations_only(app: Flask, scene: Scene) -> None:
    app_of_ada = ClientApp.of(app, scene)
    mobile = {"X-Client": "mobile/2.3.1"}
    app_of_ada.token = app_of_ada.sign_in("Ada Ash", headers=mobile).get_json()["session"]["access_token"]
    assert app_of_ada.get("/conversations").status_code == 200
    for area in AREAS[1:]:
        for headers in (mobile, {"X-Client": "web/1.0"}):
            refused = app_of_ada.get(area, headers=headers)
            assert (refused.status_code, code_of(refused)) == (403, "not_on_mobile")


def test_nobody_opens_nothing(app: Flask, scene: Scene) -> None:
    for area in AREAS:
        assert ClientApp.of(app, scene).get(area).status_code == 401


@pytest.mark.parametrize(("preset", "role"), [("contact-portal", "staff"), ("customer-app", "professional")])
def test_other_services_have_no_such_areas(app: Flask, runtime: Runtime, preset: str, role: str) -> None:
    scene = a_sandbox(runtime, person("Ada Ash", role), preset=preset)
    refused = ClientApp.of(app, scene, token=scene.signed_in("Ada Ash")).get("/conversations")
    assert (refused.status_code, code_of(refused)) == (404, "not_offered")
