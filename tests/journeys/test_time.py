"""Time is in the tester's hand: links and sessions end by the sandbox's clock and by no other."""

import httpx
import pytest

from tests.journeys.outside import ENTRIES, Sandbox, make, person, world

PEOPLE = world(person("Ada Ash", "owner"), person("Ben Birch", status="invited", password=None))


def advance(sandbox: Sandbox, by: str) -> list[str]:
    """Move the clock; what fell due on the way."""
    return [fired["what"] for fired in sandbox.tell("POST", "/clock/advance", {"by": by})["fired"]]


@pytest.mark.rule("rule-8")
def test_a_link_works_to_its_last_second(tool: httpx.Client) -> None:
    sandbox = make(tool, world=PEOPLE)
    with sandbox.app() as app:
        app.post("/password-resets", {"identifier": "ada@example.test"})
        path = f"/password-resets/{sandbox.mail('ada@example.test')['token']}"
        advance(sandbox, "PT59M59S")
        assert app.get(path).status_code == 200
        assert advance(sandbox, "PT1S") != []
        over = app.call("PUT", path, ENTRIES)
        assert (over.status_code, sandbox.reason(over)) == (410, "link_expired")
        assert sandbox.mail("ada@example.test")["code_status"] == "expired"


def test_an_invitation_lives_for_a_week_and_can_be_renewed(tool: httpx.Client) -> None:
    sandbox = make(tool, world=PEOPLE)
    with sandbox.app() as ben, sandbox.app() as ada:
        path = f"/invitations/{sandbox.mail('ben@example.test')['token']}"
        advance(sandbox, "P6DT23H59M59S")
        assert ben.get(path).status_code == 200
        advance(sandbox, "PT1S")
        over = ben.get(path)
        assert (over.status_code, sandbox.reason(over)) == (410, "link_expired")
        assert ada.sign_in("ada@example.test").status_code == 201
        assert ada.post("/users/usr_ben/invitations", {"method": "email"}).status_code == 201
        newest = f"/invitations/{sandbox.mail('ben@example.test')['token']}"
        assert ben.post(f"{newest}/acceptance", ENTRIES).status_code == 201
        assert ben.sign_in("ben@example.test").status_code == 201


def test_a_session_ends_when_it_was_idle_for_a_day(tool: httpx.Client) -> None:
    sandbox = make(tool, world=PEOPLE)
    with sandbox.app() as ada:
        ada.sign_in("ada@example.test")
        for _ in range(3):
            advance(sandbox, "PT23H59M59S")
            assert ada.get("/session").status_code == 200
        assert "session_idle" in advance(sandbox, "P1D")
        over = ada.get("/session")
        assert (over.status_code, sandbox.reason(over)) == (401, "session_idle")


def test_the_clock_is_frozen_and_runs_on_request(tool: httpx.Client) -> None:
    sandbox = make(tool)
    with sandbox.app() as app:
        times = {app.get("/configuration").headers["X-Sandbox-Time"] for _ in range(3)}
        assert times == {"2026-03-02T09:00:00Z"}
        sandbox.tell("PUT", "/clock", {"mode": "running", "now": "2030-01-01T00:00:00Z"})
        assert app.get("/configuration").headers["X-Sandbox-Time"].startswith("2030-01-01T00:0")
    back = tool.put(
        f"/control/v1/sandboxes/{sandbox.made['id']}/clock", json={"mode": "frozen", "now": "2020-01-01T00:00:00Z"}
    )
    assert (back.status_code, back.json()["code"]) == (409, "clock_backwards")
