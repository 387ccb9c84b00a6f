"""What an authenticator app shows, over HTTP: by the sandbox's clock, so that a frozen one has codes too."""

import pytest
from flask import Flask

from logindrill.rules.clocks import EARLIEST
from logindrill.work.runtime import Runtime
from tests.support.control import ControlTool, mistakes
from tests.support.doors import ClientApp
from tests.support.factors import SECOND, shown_at, with_authenticator
from tests.support.people import password_of, person
from tests.support.scenes import Scene, a_sandbox

CLEOS = "/users/usr_cleo/authenticator"
EVES = "/users/usr_eve/authenticator"


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    """Cleo has an authenticator app, Eve has none."""
    return a_sandbox(runtime, with_authenticator("Cleo Cedar"), person("Eve Elm"))


@pytest.mark.rule("A19", "rule-8")
def test_the_code_shown_lets_its_owner_in_once(tool: ControlTool, client: ClientApp) -> None:
    shown = tool.get(CLEOS)
    assert not shown["already_used"]
    sign_in_id = client.sign_in("Cleo Cedar").get_json()["sign_in_id"]
    assert client.post(f"/sign-ins/{sign_in_id}/second-factor", {"code": shown["code"]}).status_code == 201
    assert tool.get(CLEOS) == {**shown, "already_used": True}


def test_it_is_shown_for_half_a_minute_of_the_sandboxs_time(tool: ControlTool, scene: Scene) -> None:
    shown = tool.get(CLEOS)
    assert shown == {
        "status": "active",
        "code": shown_at(scene.now),
        "valid_from": "2026-03-02T09:00:00Z",
        "valid_until": "2026-03-02T09:00:30Z",
        "next_code": shown_at(scene.now + 30 * SECOND),
        "already_used": False,
    }
    tool.call("POST", "/clock/advance", {"by": "PT30S"})
    assert tool.get(CLEOS)["code"] == shown["next_code"]


@pytest.mark.parametrize(("off_by", "seconds"), [("-PT5M", -300), ("PT5M", 300), ("PT0S", 0)])
def test_a_phone_whose_clock_is_off_shows_the_code_of_another_time(
    tool: ControlTool, scene: Scene, off_by: str, seconds: int
) -> None:
    shown = tool.get(CLEOS, query_string={"off_by": off_by})
    assert shown["code"] == shown_at(scene.now + seconds * SECOND)
    assert shown["valid_from"] == "2026-03-02T09:00:00Z"


def test_a_step_of_another_time_begins_and_ends_by_the_sandboxs_clock(tool: ControlTool) -> None:
    shown = tool.get(CLEOS, query_string={"off_by": "-PT5M10S"})
    assert (shown["valid_from"], shown["valid_until"]) == ("2026-03-02T08:59:40Z", "2026-03-02T09:00:10Z")


@pytest.mark.parametrize("query", ["off_by=soon", "off_by=P2D", "off_by=-P1DT1S", "status=lost", "colour=red"])
def test_what_no_phone_could_be_is_refused(tool: ControlTool, query: str) -> None:
    assert [name for name, _ in mistakes(tool.call("GET", f"{CLEOS}?{query}"))] == [query.partition("=")[0]]


def test_no_phone_shows_a_time_before_there_were_steps(app: Flask) -> None:
    tool = ControlTool.of(app)
    company = {"id": "co_harbour", "name": "Harbour Books"}
    cleo = with_authenticator("Cleo Cedar").model_dump(mode="json", exclude_defaults=True)
    clock = {"mode": "frozen", "now": EARLIEST.isoformat()}
    world = {"companies": [company], "people": [cleo]}
    made = tool.call("POST", "/sandboxes", {"preset": "business-chat", "clock": clock, "world": world}).get_json()
    shown = tool.get(f"/sandboxes/{made['id']}{CLEOS}", query_string={"off_by": "-P1D"})
    assert shown["code"] == shown_at(EARLIEST)


def test_who_has_no_app_has_no_code(tool: ControlTool) -> None:
    answer = tool.call("GET", EVES)
    assert (answer.status_code, answer.get_json()["detail"]) == (404, "This person has no authenticator app.")
    assert tool.call("GET", "/users/usr_nobody/authenticator").status_code == 404


def test_an_app_that_is_being_set_up_shows_the_code_that_confirms_it(
    app: Flask, tool: ControlTool, scene: Scene
) -> None:
    eve = ClientApp.of(app, scene, token=scene.signed_in("Eve Elm"))
    eve.call("PUT", "/me/second-factor", {"current_password": password_of("Eve Elm"), "method": "totp"})
    waits = tool.call("GET", EVES)
    assert waits.status_code == 404
    assert "status=unconfirmed" in waits.get_json()["detail"]
    shown = tool.get(EVES, query_string={"status": "unconfirmed"})
    assert (shown["status"], shown["already_used"]) == ("unconfirmed", False)
    assert eve.post("/me/second-factor/confirmation", {"code": shown["code"]}).status_code == 200
    assert tool.call("GET", EVES, query_string={"status": "unconfirmed"}).status_code == 404
    assert tool.get(EVES)["already_used"]
