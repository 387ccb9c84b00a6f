"""A message that never came: the one true cause, and what brings it."""

from typing import Any

import pytest
from flask import Flask

from logindrill.work.runtime import Runtime
from tests.support.control import ControlTool
from tests.support.curing import cure
from tests.support.doors import ClientApp
from tests.support.people import address_of, person
from tests.support.scenes import Scene, a_sandbox


def asked(runtime: Runtime, app: Flask, identifier: str = address_of("Ada"), **rule: Any) -> Scene:
    """Somebody asked for a reset, while this delivery rule held."""
    rules = [{"match": {}} | rule] if rule else []
    scene = a_sandbox(runtime, person("Ola Oak", "owner"), person("Ada Ash"), delivery_rules=rules)
    ClientApp.of(app, scene).post("/password-resets", {"identifier": identifier})
    return scene


def newest(app: Flask, scene: Scene) -> dict[str, Any]:
    card: dict[str, Any] = ControlTool.of(app, scene).get(f"/messages/{scene.messages()[-1].id}")
    return card


@pytest.mark.rule("A15", "A17")
@pytest.mark.parametrize(
    ("rule", "reason", "remedies"),
    [
        ({"disposition": "spam"}, "mail_in_spam", ["look_in_spam"]),
        ({"disposition": "blocked"}, "mail_blocked", ["allow_sender", "ask_new_reset"]),
        ({"disposition": "not_sent"}, "mail_not_sent", ["end_delivery_rule", "ask_new_reset"]),
        ({"disposition": "delayed", "delay": "PT5M"}, "mail_delayed", ["wait_for_message", "deliver_now"]),
    ],
)
def test_where_a_message_is_tells_why_and_what_to_do(
    runtime: Runtime, app: Flask, rule: dict[str, Any], reason: str, remedies: list[str]
) -> None:
    card = newest(app, asked(runtime, app, **rule))
    assert (card["reason"], card["cause"]["reason"], card["if_nothing_came"]) == (reason, reason, None)
    assert [remedy["code"] for remedy in card["remedies"] if remedy["code"] != "ask_new_code"] == remedies


def test_what_was_held_back_comes_by_the_call_of_the_remedy(runtime: Runtime, app: Flask) -> None:
    for code in ("wait_for_message", "deliver_now"):
        scene = asked(runtime, app, disposition="delayed", delay="PT5M")
        remedy = next(found for found in newest(app, scene)["remedies"] if found["code"] == code)
        cure(app, scene, remedy, by="usr_ola")
        assert newest(app, scene)["arrived"] is True


@pytest.mark.rule("A16")
def test_a_message_that_arrived_is_in_the_mailbox_of_its_address(runtime: Runtime, app: Flask) -> None:
    card = newest(app, asked(runtime, app))
    assert (card["cause"], card["if_nothing_came"]["reason"]) == (None, "other_mailbox")
    assert [remedy["code"] for remedy in card["remedies"]] == ["look_in_registered_mailbox"]


def test_a_message_to_nobody_says_that_nobody_is_registered(runtime: Runtime, app: Flask) -> None:
    card = newest(app, asked(runtime, app, "nobody@example.test"))
    assert card["cause"]["reason"] == "not_registered"
    assert "use_registered_address" in [remedy["code"] for remedy in card["remedies"]]


@pytest.mark.rule("A4")
def test_a_reset_asked_for_before_activation_is_cured_by_the_invitation(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ola Oak", "owner"), person("Ivy Elm", status="invited", password=None))
    ClientApp.of(app, scene).post("/password-resets", {"identifier": address_of("Ivy Elm")})
    card = newest(app, scene)
    assert card["reason"] == "not_activated"
    assert [remedy["code"] for remedy in card["remedies"]] == ["follow_invitation", "resend_invitation"]
