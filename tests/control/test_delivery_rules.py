"""Delivery rules over HTTP."""

from typing import Any

import pytest

from tests.support.control import ControlTool, mistakes
from tests.support.doors import ClientApp
from tests.support.people import address_of


def test_delivery_rules_are_made_listed_and_ended(tool: ControlTool, client: ClientApp) -> None:
    made = tool.call("POST", "/delivery-rules", {"match": {"kind": "password_reset"}, "disposition": "spam"})
    assert made.status_code == 201
    rule: dict[str, Any] = made.get_json()
    assert rule["match"] == {"kind": "password_reset"}
    client.post("/password-resets", {"identifier": address_of("Ada Ash")})
    assert tool.get("/delivery-rules")["data"] == [rule | {"hits": 1}]
    assert tool.get("/messages/latest")["reason"] == "mail_in_spam"
    assert tool.call("DELETE", f"/delivery-rules/{rule['id']}").status_code == 204
    assert tool.call("DELETE", f"/delivery-rules/{rule['id']}").status_code == 404
    assert tool.call("DELETE", "/delivery-rules").status_code == 204


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "disposition"),
        ({"disposition": "delayed"}, "body"),
        ({"disposition": "spam", "delay": "soon"}, "delay"),
        ({"disposition": "spam", "match": {"subject": "x"}}, "match.subject"),
        ({"disposition": "spam", "times": 0}, "times"),
    ],
)
def test_a_rule_that_cannot_be_is_named(tool: ControlTool, body: dict[str, Any], field: str) -> None:
    assert [name for name, _ in mistakes(tool.call("POST", "/delivery-rules", body))] == [field]
