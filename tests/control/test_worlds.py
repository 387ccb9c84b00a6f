"""The world over HTTP."""

import json

from tests.support.control import ControlTool, mistakes
from tests.support.worlds import BUSINESS_CHAT


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
