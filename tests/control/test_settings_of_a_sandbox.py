"""World, policy and clock over HTTP."""

import json
from typing import Any

import pytest
from flask import Flask

from logindrill.unit_of_work import Runtime
from tests.support.control import ControlTool
from tests.support.doors import ClientApp, code_of
from tests.support.people import address_of, person
from tests.support.scenes import Scene, a_sandbox
from tests.support.worlds import BUSINESS_CHAT

TOMORROW = "2026-03-03T09:00:00Z"


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash"))


@pytest.fixture
def tool(app: Flask, scene: Scene) -> ControlTool:
    return ControlTool.of(app, scene)


def mistakes(answer: Any) -> list[tuple[str, str]]:
    assert (answer.status_code, code_of(answer)) == (422, "validation_failed")
    return [(error["field"], error["code"]) for error in answer.get_json()["errors"]]


def test_a_world_that_is_put_back_is_exported_equal_to_the_byte(tool: ControlTool) -> None:
    assert tool.call("PUT", "/world", BUSINESS_CHAT).status_code == 204
    first = tool.call("GET", "/world")
    assert first.mimetype == "application/json"
    assert tool.call("PUT", "/world", data=first.data, content_type="application/json").status_code == 204
    assert tool.call("GET", "/world").data == first.data


def test_mistakes_of_a_world_are_named_by_their_fields(tool: ControlTool) -> None:
    ada = {"id": "a", "name": "A", "emails": [{"address": "x"}], "memberships": [{"company": "co", "role": "owner"}]}
    assert mistakes(tool.call("PUT", "/world", {"people": [ada]})) == [
        ("people.0.emails.0.address", "invalid"),
        ("people.0.memberships.0.company", "invalid"),
    ]
    assert mistakes(tool.call("PUT", "/world", {"people": [ada | {"hair": "red"}]})) == [("people.0.hair", "unknown")]


def test_a_knob_is_turned_and_turned_back(tool: ControlTool) -> None:
    turned = tool.call("PATCH", "/policy", {"passwords.min_length": 12, "wording.account_deactivated": "Call us."})
    assert turned.status_code == 200
    assert turned.get_json()["passwords.min_length"] == {
        "value": 12,
        "default": 8,
        "meaning": "Fewest characters of a new password.",
        "rule_ids": ["A13", "D1"],
        "schema": {"type": "integer", "minimum": 1, "maximum": 64},
    }
    assert tool.get("/policy") == turned.get_json()
    back = tool.call("PATCH", "/policy", {"passwords.min_length": None})
    assert back.get_json()["passwords.min_length"]["value"] == 8
    assert back.get_json()["wording.account_deactivated"]["value"] == "Call us."


def test_a_knob_that_is_not_there_or_out_of_bounds_is_named(tool: ControlTool) -> None:
    assert mistakes(tool.call("PATCH", "/policy", {"links.reset_life": "P2D", "no.knob": 1})) == [
        ("links.reset_life", "invalid"),
        ("no.knob", "unknown"),
    ]
    assert mistakes(tool.call("PATCH", "/policy", [])) == [("body", "invalid")]


def test_a_public_text_is_the_one_the_policy_says(app: Flask, scene: Scene, tool: ControlTool) -> None:
    tool.call("PATCH", "/policy", {"wording.invalid_credentials": "Nope."})
    assert ClientApp.of(app, scene).sign_in("Ada Ash", password="wrong").get_json()["detail"] == "Nope."


def test_the_clock_moves_and_the_answer_has_the_new_time(tool: ControlTool) -> None:
    moved = tool.call("POST", "/clock/advance", {"by": "P1D"})
    assert moved.status_code == 200
    assert moved.get_json() == {"mode": "frozen", "before": "2026-03-02T09:00:00Z", "now": TOMORROW, "fired": []}
    assert moved.headers["X-Sandbox-Time"] == TOMORROW
    assert tool.get("/clock") == {"mode": "frozen", "now": TOMORROW, "next": None}


def test_what_fired_is_told_in_order(app: Flask, scene: Scene, tool: ControlTool) -> None:
    client = ClientApp.of(app, scene)
    client.post("/password-resets", {"identifier": address_of("Ada Ash")})
    client.sign_in("Ada Ash")
    following = tool.get("/clock")["next"]
    assert (following["at"], following["what"]) == ("2026-03-02T10:00:00Z", "link_expires")
    fired = tool.call("POST", "/clock/advance", {"to": "2026-03-04T00:00:00Z"}).get_json()["fired"]
    assert [(deadline["at"], deadline["what"]) for deadline in fired] == [
        ("2026-03-02T10:00:00Z", "link_expires"),
        (TOMORROW, "session_idle"),
    ]
    assert fired[1]["subject"] == scene.sessions()[0].id


def test_the_clock_goes_to_the_next_thing(app: Flask, scene: Scene, tool: ControlTool) -> None:
    ClientApp.of(app, scene).sign_in("Ada Ash")
    moved = tool.call("POST", "/clock/advance", {"to_next": True}).get_json()
    assert (moved["now"], [deadline["what"] for deadline in moved["fired"]]) == (TOMORROW, ["session_idle"])


def test_the_clock_is_set_running_and_frozen(tool: ControlTool) -> None:
    running = tool.call("PUT", "/clock", {"mode": "running", "now": TOMORROW})
    assert (running.status_code, running.get_json()["mode"]) == (200, "running")
    frozen = tool.call("PUT", "/clock", {"mode": "frozen"}).get_json()
    assert frozen["now"] == tool.get("/clock")["now"] != TOMORROW
    assert frozen["now"].startswith("2026-03-03T09:00:")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "/clock", {"mode": "frozen", "now": "2026-03-02T08:59:59Z"}),
        ("PUT", "/clock", {"mode": "running", "now": "-PT1S"}),
        ("POST", "/clock/advance", {"to": "2026-03-02T08:59:59Z"}),
    ],
)
def test_the_clock_goes_forward_only(tool: ControlTool, method: str, path: str, body: dict[str, str]) -> None:
    answer = tool.call(method, path, body)
    assert (answer.status_code, code_of(answer)) == (409, "clock_backwards")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "body"),
        ({"by": "P1D", "to_next": True}, "body"),
        ({"to_next": False}, "to_next"),
        ({"by": "-P1D"}, "by"),
        ({"by": "P1Y"}, "by"),
        ({"by": "P100000000D"}, "by"),
        ({"by": "P36500D"}, "by"),
        ({"to": "9999-12-31T23:59:59Z"}, "to"),
        ({"to": "tomorrow"}, "to"),
    ],
)
def test_an_absurd_move_is_refused_by_the_field(tool: ControlTool, body: dict[str, Any], field: str) -> None:
    assert [name for name, _ in mistakes(tool.call("POST", "/clock/advance", body))] == [field]
    assert tool.get("/clock")["now"] == "2026-03-02T09:00:00Z"


def test_a_world_of_thousands_is_put_and_read(tool: ControlTool) -> None:
    people = [
        {
            "id": f"u{n}",
            "name": "X",
            "emails": [{"address": f"u{n}@example.test"}],
            "memberships": [{"company": "c", "role": "member"}],
        }
        for n in range(2000)
    ]
    data = json.dumps({"companies": [{"id": "c", "name": "C"}], "people": people})
    assert tool.call("PUT", "/world", data=data, content_type="application/json").status_code == 204
    assert len(tool.get("/world")["people"]) == 2000
