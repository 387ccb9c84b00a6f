"""Attempts over HTTP."""

from tests.support.control import ControlTool
from tests.support.doors import ClientApp

ATTEMPT = [
    *("id", "at", "operation", "user_id", "identifier", "client", "outcome", "public", "reason", "rule_ids", "checks"),
    *("causes", "near_misses", "remedies", "would_succeed_if", "last_success", "changed_since", "survivor"),
    *("follows", "request"),
]


def test_the_id_of_a_refusal_leads_to_the_truth(tool: ControlTool, client: ClientApp) -> None:
    refused = client.sign_in("Ada Ash", password="SECRET OF ADA", headers={"User-Agent": "Mozilla/5.0 Firefox/130.0"})
    attempt = tool.get(f"/attempts/{refused.headers['X-Attempt-Id']}")
    assert list(attempt) == ATTEMPT
    assert attempt["public"] == {
        "status": refused.status_code,
        "code": refused.get_json()["code"],
        "detail": refused.get_json()["detail"],
    }
    assert (attempt["operation"], attempt["reason"]) == ("sign_in", "wrong_case")
    assert attempt["checks"][-1] == {
        "name": "password",
        "passed": False,
        "evidence": "right except for upper and lower case",
    }
    assert attempt["near_misses"] == [
        {"check": "password", "kind": "case", "evidence": "right except for upper and lower case"}
    ]
    assert attempt["request"]["user_agent"] == "Mozilla/5.0 Firefox/130.0"


def test_the_path_of_a_request_never_shows_a_token(tool: ControlTool, client: ClientApp) -> None:
    refused = client.get("/invitations/not-a-token")
    attempt = tool.get(f"/attempts/{refused.headers['X-Attempt-Id']}")
    assert attempt["reason"] == "link_damaged"
    assert "not-a-token" not in str(attempt)


def test_attempts_are_listed_with_their_reason_and_filtered(tool: ControlTool, client: ClientApp) -> None:
    client.sign_in("Ada Ash")
    client.sign_in("Ben Birch", password="wrong")
    everything = tool.get("/attempts")["data"]
    assert [(entry["user_id"], entry["outcome"]) for entry in everything] == [
        ("usr_ada", "succeeded"),
        ("usr_ben", "refused"),
    ]
    assert tool.get("/attempts", query_string={"user": "usr_ben"})["data"] == everything[1:]
    assert tool.get("/attempts", query_string={"outcome": "succeeded"})["data"] == everything[:1]
    assert tool.get("/attempts", query_string={"reason": "wrong_password"})["data"] == everything[1:]
    assert tool.call("GET", "/attempts", query_string={"outcome": "maybe"}).status_code == 422
