"""Attempts, people and the log over HTTP."""

import pytest
from flask import Flask

from logindrill import control
from logindrill.unit_of_work import Runtime
from logindrill.web.operations import Operation
from tests.support.control import ControlTool
from tests.support.doors import ClientApp, code_of
from tests.support.hostile import path_of
from tests.support.people import address_of, person
from tests.support.scenes import Scene, a_sandbox

ATTEMPT = [
    *("id", "at", "operation", "user_id", "identifier", "client", "outcome", "public", "reason", "rule_ids", "checks"),
    *("causes", "near_misses", "remedies", "would_succeed_if", "last_success", "changed_since", "request"),
]
LISTS = [o for o in control.DOOR.operations if o.query is not None and "limit" in o.query.model_fields]


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash"), person("Ben Birch"))


@pytest.fixture
def tool(app: Flask, scene: Scene) -> ControlTool:
    return ControlTool.of(app, scene)


@pytest.fixture
def client(app: Flask, scene: Scene) -> ClientApp:
    return ClientApp.of(app, scene)


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
        "evidence": "right but for upper and lower case",
    }
    assert attempt["near_misses"] == [{"check": "password", "evidence": "right but for upper and lower case"}]
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


def test_people_and_events_are_shown(tool: ControlTool, client: ClientApp) -> None:
    client.sign_in("Ada Ash")
    assert [entry["id"] for entry in tool.get("/users")["data"]] == ["usr_ada", "usr_ben"]
    assert tool.get("/users/usr_ada")["last_sign_in_at"] == "2026-03-02T09:00:00Z"
    assert tool.call("GET", "/users/usr_nobody").status_code == 404
    [event] = tool.get("/events")["data"]
    assert (event["what"], event["actor"], event["at"]) == ("sign_in", "usr_ada", "2026-03-02T09:00:00Z")
    assert tool.get("/events", query_string={"after": event["id"]})["data"] == []


@pytest.mark.parametrize("operation", LISTS, ids=lambda operation: operation.name)
@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "after=nobody", "after=", "colour=red"])
def test_every_list_refuses_what_is_no_part_of_it(app: Flask, scene: Scene, operation: Operation, query: str) -> None:
    path = path_of(operation, sandbox_id=scene.id)
    answer = ControlTool.of(app).call("GET", f"{path}?{query}")
    assert (answer.status_code, code_of(answer)) == (422, "validation_failed")
    assert [error["field"] for error in answer.get_json()["errors"]] == [query.partition("=")[0]]


@pytest.mark.parametrize("operation", LISTS, ids=lambda operation: operation.name)
def test_every_list_has_one_shape(app: Flask, scene: Scene, operation: Operation) -> None:
    found = ControlTool.of(app).get(path_of(operation, sandbox_id=scene.id), query_string={"limit": 1})
    assert list(found) == ["data", "has_more"]
    assert len(found["data"]) <= 1


def test_a_list_is_read_to_its_end_page_by_page(tool: ControlTool, client: ClientApp) -> None:
    for name in ("ada", "ben", "cy"):
        client.post("/password-resets", {"identifier": f"{name}@example.test"})
    seen: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = tool.get("/messages", query_string={"limit": 2} | after)
        seen += [message["to"] for message in page["data"]]
        if not page["has_more"]:
            break
        after = {"after": page["data"][-1]["id"]}
    assert seen == [address_of("Ada Ash"), address_of("Ben Birch"), "cy@example.test"]
