"""The areas that a session opens."""

from typing import Any

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
        body = ada.get(area).get_json()
        assert body["data"]
        assert body["has_more"] is False


def test_mobile_opens_conversations_only(app: Flask, scene: Scene) -> None:
    app_of_ada = ClientApp.of(app, scene)
    mobile = {"X-Client": "mobile/2.3.1"}
    app_of_ada.token = app_of_ada.sign_in("Ada Ash", headers=mobile).get_json()["session"]["access_token"]
    assert app_of_ada.get("/conversations").status_code == 200
    for area in AREAS[1:]:
        for headers in (mobile, {"X-Client": "web/1.0"}):
            refused = app_of_ada.get(area, headers=headers)
            assert (refused.status_code, code_of(refused)) == (403, "not_on_mobile")


@pytest.mark.rule("A5")
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/users", None),
        ("POST", "/users", {"name": "Ivy Iris", "role": "member", "emails": [{"address": "ivy@example.test"}]}),
        ("GET", "/users/usr_ada", None),
        ("PATCH", "/users/usr_ada", {"name": "Ada Alder"}),
        ("DELETE", "/users/usr_ada", None),
        ("POST", "/users/usr_ada/invitations", {"method": "email"}),
        ("DELETE", "/users/usr_ada/invitations", None),
        ("PUT", "/users/usr_ada/deactivation", None),
        ("DELETE", "/users/usr_ada/deactivation", None),
        ("PUT", "/users/usr_ada/role", {"role": "admin"}),
        ("GET", "/users/usr_ada/sessions", None),
        ("DELETE", "/users/usr_ada/sessions", None),
        ("DELETE", "/users/usr_ada/second-factor", None),
        ("DELETE", "/users/usr_ada/lock", None),
        ("GET", "/users/usr_ada/deliveries", None),
        ("GET", "/users/usr_ada/support-report", None),
        ("DELETE", "/users/usr_ada/memberships/co_bakery", None),
        ("GET", "/companies", None),
        ("GET", "/support-requests", None),
    ],
)
def test_an_owner_on_mobile_does_nothing_about_people(
    app: Flask, runtime: Runtime, method: str, path: str, body: dict[str, Any] | None
) -> None:
    scene = a_sandbox(runtime, person("Olga Oak", "owner"), person("Ada Ash"))
    olga = ClientApp.of(app, scene)
    answer = olga.sign_in("Olga Oak", headers={"X-Client": "mobile/2.3.1"})
    olga.token = answer.get_json()["session"]["access_token"]
    refused = olga.call(method, path, body)
    assert (refused.status_code, code_of(refused)) == (403, "not_on_mobile")
    assert scene.attempts()[-1].reason == "not_on_mobile"


def test_nobody_opens_nothing(app: Flask, scene: Scene) -> None:
    for area in AREAS:
        assert ClientApp.of(app, scene).get(area).status_code == 401


@pytest.mark.parametrize(("preset", "role"), [("contact-portal", "staff"), ("customer-app", "professional")])
def test_other_services_have_no_such_areas(app: Flask, runtime: Runtime, preset: str, role: str) -> None:
    scene = a_sandbox(runtime, person("Ada Ash", role), preset=preset)
    refused = ClientApp.of(app, scene, token=scene.signed_in("Ada Ash")).get("/conversations")
    assert (refused.status_code, code_of(refused)) == (404, "not_offered")
