"""The policy over HTTP."""

from tests.support.control import ControlTool, mistakes
from tests.support.doors import ClientApp


def test_a_knob_is_turned_and_turned_back(tool: ControlTool) -> None:
    turned = tool.call("PATCH", "/policy", {"passwords.min_length": 12, "wording.account_deactivated": "Call us."})
    assert turned.status_code == 200
    assert turned.get_json()["passwords.min_length"] == {
        "value": 12,
        "default": 8,
        "meaning": "Fewest characters of a new password.",
        "rule_ids": ["A13", "D1"],
        "schema": {"type": "integer", "minimum": 1, "maximum": 64},
    }
    assert tool.get("/policy") == turned.get_json()
    back = tool.call("PATCH", "/policy", {"passwords.min_length": None})
    assert back.get_json()["passwords.min_length"]["value"] == 8
    assert back.get_json()["wording.account_deactivated"]["value"] == "Call us."


def test_a_knob_that_is_not_there_or_out_of_bounds_is_named(tool: ControlTool) -> None:
    assert mistakes(tool.call("PATCH", "/policy", {"links.reset_life": "P2D", "no.knob": 1})) == [
        ("links.reset_life", "invalid"),
        ("no.knob", "unknown"),
    ]
    assert mistakes(tool.call("PATCH", "/policy", [])) == [("body", "invalid")]


def test_a_public_text_is_the_one_the_policy_says(tool: ControlTool, client: ClientApp) -> None:
    tool.call("PATCH", "/policy", {"wording.invalid_credentials": "Nope."})
    assert client.sign_in("Ada Ash", password="wrong").get_json()["detail"] == "Nope."
