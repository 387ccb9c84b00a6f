"""The inbox over HTTP."""

import pytest
from flask import Flask

from logindrill.adapters.waiting_room import WaitingRoom
from logindrill.rules.values import replace
from logindrill.web.addresses import RUNTIME
from tests.support.control import ControlTool, mistakes
from tests.support.doors import ClientApp, code_of
from tests.support.people import address_of

ADA = address_of("Ada Ash")
MESSAGE = [
    *("id", "kind", "channel", "from", "to", "user_id", "subject", "text", "html", "code", "token", "link"),
    *("issued_at", "deliver_at", "arrived", "disposition", "reason", "code_status"),
]


def ask(client: ClientApp, identifier: str = ADA) -> None:
    assert client.post("/password-resets", {"identifier": identifier}).status_code == 202


def test_a_message_has_the_fields_of_the_contract(tool: ControlTool, client: ClientApp) -> None:
    ask(client)
    [listed] = tool.get("/messages")["data"]
    assert sorted(listed) == sorted(MESSAGE)
    assert tool.get("/messages/latest") == listed
    explained = tool.get(f"/messages/{listed['id']}")
    assert {name: explained[name] for name in listed} == listed
    assert set(explained) - set(listed) == {"cause", "if_nothing_came", "remedies"}
    assert tool.get("/messages/wait") == {"message": listed}
    assert (listed["from"], listed["to"]) == ("no-reply@business-chat.example.test", ADA)
    assert (listed["issued_at"], listed["code_status"]) == ("2026-03-02T09:00:00Z", "live")


def test_the_link_of_a_message_is_used_and_then_shown_as_used(tool: ControlTool, client: ClientApp) -> None:
    ask(client)
    token = tool.get("/messages/latest")["token"]
    body = {"password": "quite another", "password_confirmation": "quite another"}
    assert client.call("PUT", f"/password-resets/{token}", body).status_code == 204
    assert tool.get("/messages/latest", query_string={"kind": "password_reset"})["code_status"] == "used"


def test_filters_narrow_the_inbox(tool: ControlTool, client: ClientApp) -> None:
    ask(client)
    ask(client, "nobody@example.test")
    for query, count in (
        ({"to": "ADA@example.test"}, 1),
        ({"disposition": "not_sent"}, 1),
        ({"channel": "sms"}, 0),
        ({"kind": "password_reset"}, 2),
        ({"limit": 1}, 1),
    ):
        assert len(tool.get("/messages", query_string=query)["data"]) == count, query


@pytest.mark.parametrize(
    "query",
    [
        {"channel": "pigeon"},
        {"kind": "x"},
        {"disposition": ""},
        {"order": "random"},
        {"after": "msg_x"},
        {"timeout": "31"},
        {"timeout": "-1"},
        {"timeout": "nan"},
        {"advance": "maybe"},
        {"limit": "1"},
    ],
)
def test_a_query_that_cannot_be_is_named(tool: ControlTool, query: dict[str, str]) -> None:
    answer = tool.call("GET", "/messages/wait", query_string={"timeout": "0"} | query)
    assert [name for name, _ in mistakes(answer)] == list(query)


def test_no_message_yet_is_not_found_or_timed_out(tool: ControlTool, client: ClientApp) -> None:
    assert tool.call("GET", "/messages/latest").status_code == 404
    assert tool.get("/messages/wait", query_string={"timeout": "0"}) == {"timed_out": True, "seen": []}
    ask(client, "nobody@example.test")
    [seen] = tool.get("/messages/wait", query_string={"timeout": "0.01"})["seen"]
    assert (seen["to"], seen["why"]) == ("nobody@example.test", ["not_registered"])
    assert "text" not in seen


def test_too_many_waiting_calls_get_a_time_to_retry(app: Flask, tool: ControlTool) -> None:
    room = WaitingRoom(1)
    app.extensions[RUNTIME] = replace(app.extensions[RUNTIME], waiting_room=room)
    with room.slot():
        answer = tool.call("GET", "/messages/wait", query_string={"timeout": "20"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (200, "1")
    assert answer.get_json() == {"timed_out": True, "seen": []}


def test_waiting_may_move_the_clock(tool: ControlTool, client: ClientApp) -> None:
    tool.call("POST", "/delivery-rules", {"disposition": "delayed", "delay": "PT3M"})
    ask(client)
    kept = tool.call("GET", "/messages/wait", query_string={"timeout": "0", "advance": "true"})
    assert kept.status_code == 422
    assert tool.get("/messages/wait", query_string={"timeout": "0"})["timed_out"]
    answer = tool.call("POST", "/messages/wait", query_string={"timeout": "0"})
    assert answer.get_json()["message"]["to"] == ADA
    assert answer.headers["X-Sandbox-Time"] == "2026-03-02T09:03:00Z"


def test_a_message_is_held_back_and_delivered_now(tool: ControlTool, client: ClientApp) -> None:
    ask(client)
    path = f"/messages/{tool.get('/messages/latest')['id']}"
    held = tool.call("PATCH", path, {"disposition": "delayed", "deliver_at": "PT5M"})
    assert held.status_code == 200
    assert (held.get_json()["arrived"], held.get_json()["deliver_at"]) == (False, "2026-03-02T09:05:00Z")
    assert tool.call("GET", "/messages/latest").status_code == 404
    now = tool.call("PATCH", path, {"deliver_at": "2026-03-02T09:00:00Z"}).get_json()
    assert (now["arrived"], now["disposition"]) == (True, "inbox")


def test_what_was_never_sent_is_409_and_what_cannot_be_asked_is_422(tool: ControlTool, client: ClientApp) -> None:
    ask(client, "nobody@example.test")
    path = f"/messages/{tool.get('/messages')['data'][0]['id']}"
    answer = tool.call("PATCH", path, {"disposition": "inbox"})
    assert (answer.status_code, code_of(answer)) == (409, "invalid_transition")
    assert tool.call("PATCH", path, {"text": "changed"}).status_code == 422


def test_messages_are_deleted_one_or_all(tool: ControlTool, client: ClientApp) -> None:
    for _ in range(3):
        ask(client)
    first = tool.get("/messages")["data"][0]["id"]
    assert tool.call("DELETE", f"/messages/{first}").status_code == 204
    assert tool.call("DELETE", f"/messages/{first}").status_code == 404
    assert tool.call("DELETE", "/messages").status_code == 204
    assert tool.call("DELETE", "/messages").status_code == 204
    assert tool.get("/messages")["data"] == []
