"""Sandboxes over HTTP."""

import pytest
from flask import Flask

from logindrill.work.runtime import Runtime
from tests.support.control import ControlTool
from tests.support.doors import ClientApp, code_of
from tests.support.people import address_of, person
from tests.support.scenes import MORNING, a_sandbox
from tests.support.worlds import BUSINESS_CHAT

FROZEN = {"mode": "frozen", "now": MORNING.isoformat()}


@pytest.fixture
def tool(app: Flask) -> ControlTool:
    return ControlTool.of(app)


def test_a_new_sandbox_is_used_right_away(app: Flask, tool: ControlTool) -> None:
    made = tool.call("POST", "/sandboxes", {"preset": "business-chat", "clock": FROZEN})
    assert made.status_code == 201
    card = made.get_json()
    first = card["first_person"]
    client = ClientApp(app.test_client(use_cookies=False), card["base_url"].removeprefix("http://localhost:8401"))
    answer = client.post("/sign-ins", {"identifier": first["identifier"], "password": first["password"]})
    assert answer.status_code == 201
    assert answer.headers["X-Sandbox-Time"] == "2026-03-02T09:00:00Z" == card["now"]
    assert card["pages_url"].endswith(f"/s/{card['id']}/login")
    assert (card["preset"], card["clock"], card["ttl"]) == ("business-chat", "frozen", "P1D")


def test_a_whole_world_comes_in_the_same_call(app: Flask, tool: ControlTool) -> None:
    body = {
        "id": "whole-world",
        "preset": "business-chat",
        "seed": 7,
        "world": BUSINESS_CHAT,
        "policy": {"codes.digits": 8},
    }
    made = tool.call("POST", "/sandboxes", body)
    assert made.status_code == 201, made.text
    assert (made.get_json()["id"], made.get_json()["first_person"]) == ("whole-world", None)
    people = tool.get("/sandboxes/whole-world/users")["data"]
    assert [entry["id"] for entry in people] == [entry["id"] for entry in BUSINESS_CHAT["people"]]
    assert tool.get("/sandboxes/whole-world/policy")["codes.digits"]["value"] == 8
    assert tool.call("POST", "/sandboxes", body).status_code == 409


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({}, "preset", "required"),
        ({"preset": "nothing-like-it"}, "preset", "invalid"),
        ({"preset": "business-chat", "name": "x"}, "name", "unknown"),
        ({"preset": "business-chat", "id": "Not An Id"}, "id", "invalid"),
        ({"preset": "business-chat", "seed": -1}, "seed", "invalid"),
        ({"preset": "business-chat", "ttl": "P1M"}, "ttl", "invalid"),
        ({"preset": "business-chat", "ttl": None}, "ttl", "invalid"),
        ({"preset": "business-chat", "clock": {"mode": "frozen", "now": "soon"}}, "clock.now", "invalid"),
        ({"preset": "business-chat", "policy": {"codes.digits": 3}}, "codes.digits", "invalid"),
        ({"preset": "business-chat", "policy": {"no.knob": 3}}, "no.knob", "unknown"),
        ({"preset": "business-chat", "world": {"people": [{"id": "a"}]}}, "world.people.0.name", "required"),
    ],
)
def test_what_cannot_be_is_named_by_the_field(tool: ControlTool, body: object, field: str, code: str) -> None:
    answer = tool.call("POST", "/sandboxes", body)
    assert (answer.status_code, code_of(answer)) == (422, "validation_failed")
    assert [(error["field"], error["code"]) for error in answer.get_json()["errors"]] == [(field, code)]


def test_a_sandbox_is_shown_reset_and_deleted(runtime: Runtime, app: Flask, tool: ControlTool) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    path = f"/sandboxes/{scene.id}"
    token = scene.signed_in("Ada Ash")
    assert tool.get(path)["id"] == scene.id
    reset = tool.call("POST", f"{path}/reset")
    assert (reset.status_code, reset.headers["X-Sandbox-Time"]) == (200, "2026-03-02T09:00:00Z")
    assert ClientApp.of(app, scene, token=token).get("/session").status_code == 401
    assert ClientApp.of(app, scene).sign_in("Ada Ash").status_code == 201
    assert tool.call("DELETE", path).status_code == 204
    assert tool.call("GET", path).status_code == 404
    assert ClientApp.of(app, scene).sign_in("Ada Ash").status_code == 404


def test_the_default_sandbox_cannot_be_deleted(tool: ControlTool) -> None:
    assert tool.call("POST", "/sandboxes", {"preset": "business-chat", "id": "default"}).status_code == 201
    answer = tool.call("DELETE", "/sandboxes/default")
    assert (answer.status_code, code_of(answer)) == (409, "invalid_transition")


def test_nothing_of_one_sandbox_is_seen_from_another(runtime: Runtime, app: Flask, tool: ControlTool) -> None:
    one, other = a_sandbox(runtime, person("Ada Ash")), a_sandbox(runtime, person("Ada Ash"))
    ClientApp.of(app, one).post("/password-resets", {"identifier": address_of("Ada Ash")})
    [message] = tool.get(f"/sandboxes/{one.id}/messages")["data"]
    [attempt] = tool.get(f"/sandboxes/{one.id}/attempts")["data"]
    there = f"/sandboxes/{other.id}"
    assert tool.get(f"{there}/messages")["data"] == tool.get(f"{there}/attempts")["data"] == []
    assert tool.get(f"{there}/events")["data"] == []
    for path in (f"messages/{message['id']}", f"attempts/{attempt['id']}"):
        assert tool.call("GET", f"{there}/{path}").status_code == 404


def test_presets_are_listed(tool: ControlTool) -> None:
    assert [card["name"] for card in tool.get("/presets")["data"]] == [
        "business-chat",
        "contact-portal",
        "customer-app",
    ]


def test_no_control_call_leaves_an_attempt(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    tool = ControlTool.of(app, scene)
    for method, path in (("GET", "/messages/msg_x"), ("DELETE", "/delivery-rules/x"), ("GET", "/messages?after=x")):
        assert tool.call(method, path).status_code in {404, 422}
    tool.call("POST", "/clock/advance", {"to": "2020-01-01T00:00:00Z"})
    assert not scene.attempts()
    assert not scene.events()
