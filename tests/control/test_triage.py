"""Triage over HTTP: a ticket goes in as it is, and a sandbox adds its words and its truth."""

from typing import Any

import pytest
from flask import Flask

from logindrill.triage.facts import FACTS
from tests.support.control import ControlTool, mistakes
from tests.support.doors import ClientApp
from tests.support.scenes import Scene

INVALID = "The e-mail address or password is incorrect."


@pytest.fixture
def triage(app: Flask) -> ControlTool:
    """A tool that controls no certain sandbox."""
    return ControlTool.of(app)


def sorted_out(tool: ControlTool, **ticket: Any) -> Any:
    answer = tool.call("POST", "/triage", ticket)
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def named(found: Any) -> list[list[str]]:
    return [match["scenarios"] for match in found["matches"]]


def test_a_ticket_leads_to_scenarios_that_say_why_they_fit(triage: ControlTool) -> None:
    found = sorted_out(
        triage,
        error_message="Invalid User / password",
        client="mobile",
        facts=[
            {"name": "worked_before", "value": True},
            {"name": "address_changed", "value": "yes", "certainty": "told"},
            {"name": "second_factor_asked", "value": "yes", "certainty": "guessed"},
        ],
        steps_tried=["cleared the cache"],
    )
    best = found["matches"][0]
    assert best["scenarios"] == ["email-moved-to-secondary"]
    assert best["causes"] == ["secondary_address"]
    assert best["preset"] == "customer-app"
    assert best["agrees"] == ["error_message", "worked_before", "address_changed", "steps_tried.clear_data"]
    assert best["contradicts"] == ["second_factor_asked"]
    assert "typed_identifier" in best["open"]
    assert best["expects"]["typed_identifier"] == ["secondary_address"]
    assert found["not_understood"] == []


def test_questions_come_with_what_their_answers_leave(triage: ControlTool) -> None:
    best = sorted_out(triage, symptom="thrown_out")["ask_next"][0]
    assert best["fact"] == "session_ended"
    assert best["question"] == FACTS[best["fact"]].question
    assert "session-ended-overnight" in best["splits"]["after_a_pause"]


def test_two_failures_at_once_are_one_match(triage: ControlTool) -> None:
    best = sorted_out(triage, symptom="nothing_arrived", error_message="Invalid User / password")["matches"][0]
    assert len(best["scenarios"]) == len(best["causes"]) == 2


def test_the_facts_there_are_can_be_looked_up(triage: ControlTool) -> None:
    facts = triage.get("/triage/facts")["data"]
    assert [fact["name"] for fact in facts] == list(FACTS)
    assert {
        "name": "private_window",
        "question": "Is it a private (incognito) window?",
        "values": ["yes", "no"],
    } in facts


def test_a_support_request_goes_in_as_it_is(triage: ControlTool) -> None:
    report = {
        "email": "ada@example.test",
        "error_message": INVALID,
        "last_signed_in": "yesterday",
        "steps_tried": ["typed the password again", "restarted the laptop"],
        "attempt_id": "att_of_somewhere_else",
    }
    found = sorted_out(triage, **report)
    assert ["mistyped-password"] in named(found)
    assert found["not_understood"] == ["restarted the laptop"]


def test_the_true_reason_of_the_attempt_is_on_top_where_its_sandbox_is_named(
    triage: ControlTool, client: ClientApp, scene: Scene
) -> None:
    refused = client.sign_in("Ada Ash", password="WRONG BUT FOR CASE")
    attempt = refused.headers["X-Attempt-Id"]
    best = sorted_out(triage, sandbox=scene.id, attempt_id=attempt, error_message=INVALID)["matches"][0]
    assert best["causes"] == ["wrong_password"]
    assert best["agrees"] == ["attempt_id", "error_message", "service"]


def test_all_true_reasons_of_an_attempt_come_together(triage: ControlTool, tool: ControlTool, scene: Scene) -> None:
    world = tool.get("/world")
    ben = next(person for person in world["people"] if person["name"] == "Ben Birch")
    ben["status"] = "deactivated"
    assert tool.call("PUT", "/world", world).status_code == 204
    wrong = {"identifier": ben["emails"][0]["address"], "password": "not the one"}
    attempt = triage.http.post(f"/s/{scene.id}/v1/sign-ins", json=wrong).headers["X-Attempt-Id"]
    best, *others = sorted_out(triage, sandbox=scene.id, attempt_id=attempt)["matches"]
    assert sorted(best["causes"]) == ["deactivated", "wrong_password"]
    assert best["contradicts"] == []
    singles = [match for match in others if match["causes"] in (["deactivated"], ["wrong_password"])]
    assert all(match["agrees"] == ["attempt_id", "service"] and match["contradicts"] == [] for match in singles)


def test_an_attempt_that_is_not_there_adds_nothing(triage: ControlTool, scene: Scene) -> None:
    found = sorted_out(triage, sandbox=scene.id, attempt_id="att_of_nobody", error_message=INVALID)
    assert all("attempt_id" not in match["agrees"] for match in found["matches"])


def test_a_sandbox_tells_its_service_and_its_own_wording(triage: ControlTool, tool: ControlTool, scene: Scene) -> None:
    tool.call("PATCH", "/policy", {"wording.account_deactivated": "Please ring us up."})
    found = sorted_out(triage, sandbox=scene.id, error_message="Please ring us up")
    assert ["deactivated"] in named(found)
    assert all("deactivated" in match["causes"] for match in found["matches"])
    assert {match["preset"] for match in found["matches"]} == {"business-chat"}
    elsewhere = sorted_out(triage, error_message="Please ring us up")
    assert elsewhere["matches"] == []
    assert elsewhere["not_understood"] == ["Please ring us up"]


@pytest.mark.parametrize(
    ("ticket", "field", "code"),
    [
        ({"symptom": "sad"}, "symptom", "invalid"),
        ({"client": "fridge"}, "client", "invalid"),
        ({"colour": "red"}, "colour", "unknown"),
        ({"facts": [{"name": "moon_is_full", "value": "yes"}]}, "facts.0.name", "invalid"),
        ({"facts": [{"name": "network", "value": "carrier pigeon"}]}, "facts.0.value", "invalid"),
        ({"facts": [{"name": "network", "value": True}]}, "facts.0.value", "invalid"),
        ({"facts": [{"name": "network", "value": "vpn", "certainty": "sworn"}]}, "facts.0.certainty", "invalid"),
        ({"facts": [{"name": "network"}]}, "facts.0.value", "required"),
        ({"steps_tried": "everything"}, "steps_tried", "invalid"),
        ({"sandbox": "sbx_nowhere"}, "sandbox", "invalid"),
    ],
)
def test_what_cannot_be_is_named(triage: ControlTool, ticket: dict[str, Any], field: str, code: str) -> None:
    assert (field, code) in mistakes(triage.call("POST", "/triage", ticket))
