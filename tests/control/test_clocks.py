"""The clock over HTTP."""

from typing import Any

import pytest

from tests.support.control import ControlTool, mistakes
from tests.support.doors import ClientApp, code_of
from tests.support.people import address_of
from tests.support.scenes import Scene

TOMORROW = "2026-03-03T09:00:00Z"


def test_the_clock_moves_and_the_answer_has_the_new_time(tool: ControlTool) -> None:
    moved = tool.call("POST", "/clock/advance", {"by": "P1D"})
    assert moved.status_code == 200
    assert moved.get_json() == {"mode": "frozen", "before": "2026-03-02T09:00:00Z", "now": TOMORROW, "fired": []}
    assert moved.headers["X-Sandbox-Time"] == TOMORROW
    assert tool.get("/clock") == {"mode": "frozen", "now": TOMORROW, "next": None}


def test_what_fell_due_is_listed_in_order(scene: Scene, tool: ControlTool, client: ClientApp) -> None:
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


def test_the_clock_goes_to_the_next_thing(tool: ControlTool, client: ClientApp) -> None:
    client.sign_in("Ada Ash")
    moved = tool.call("POST", "/clock/advance", {"to_next": True}).get_json()
    assert (moved["now"], [deadline["what"] for deadline in moved["fired"]]) == (TOMORROW, ["session_idle"])


def test_the_clock_is_set_running_and_frozen(tool: ControlTool) -> None:
    running = tool.call("PUT", "/clock", {"mode": "running", "now": TOMORROW})
    assert (running.status_code, running.get_json()["mode"]) == (200, "running")
    frozen = tool.call("PUT", "/clock", {"mode": "frozen"}).get_json()
    assert frozen["now"] == tool.get("/clock")["now"] != TOMORROW
    assert frozen["now"].startswith("2026-03-03T09:00:")


@pytest.mark.parametrize("mode", ["frozen", "running"])
def test_a_clock_that_is_only_given_a_time_goes_on_as_before(tool: ControlTool, mode: str) -> None:
    tool.call("PUT", "/clock", {"mode": mode})
    moved = tool.call("PUT", "/clock", {"now": TOMORROW})
    assert (moved.status_code, moved.get_json()["mode"], moved.get_json()["now"]) == (200, mode, TOMORROW)
    assert tool.get("/clock")["mode"] == mode


def test_an_empty_clock_setting_is_invalid(tool: ControlTool) -> None:
    assert [name for name, _ in mistakes(tool.call("PUT", "/clock", {}))] == ["body"]


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
