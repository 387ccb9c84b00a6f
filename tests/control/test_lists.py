"""Lists over HTTP: people, the log, and what every list has in common."""

import pytest
from flask import Flask

from logindrill.control import operations as control
from logindrill.web.operations import Operation
from tests.support.control import ControlTool, mistakes
from tests.support.doors import ClientApp
from tests.support.hostile import path_of
from tests.support.people import address_of
from tests.support.scenes import Scene

LISTS = [o for o in control.DOOR.operations if o.query is not None and "limit" in o.query.model_fields]


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
    assert [name for name, _ in mistakes(answer)] == [query.partition("=")[0]]


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
