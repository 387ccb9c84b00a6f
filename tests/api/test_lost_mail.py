"""Nothing arrives, and the person cannot tell why: one answer to all of them, and a message row that knows."""

from typing import Any

import pytest
from flask import Flask

from logindrill.work.runtime import Runtime
from logindrill.world.delivery_rules import DeliveryRulePart
from tests.support.contacts import NUMBER, contact
from tests.support.doors import ClientApp
from tests.support.factors import NUMBER as WHATSAPP_NUMBER
from tests.support.factors import with_whatsapp
from tests.support.people import address_of, person
from tests.support.scenes import Scene, a_sandbox

ADA = person("Ada Ash", "owner")
CARL = person("Carl Crab", "customer", username="carl.crab")
CORA = contact("Cora Crane")


def lost(runtime: Runtime, preset: str, somebody: Any, disposition: str, **match: str) -> Scene:
    """A sandbox in which what is sent ends up somewhere else than in the inbox."""
    rule = DeliveryRulePart.model_validate({"match": match, "disposition": disposition})
    return a_sandbox(runtime, somebody, preset=preset, delivery_rules=[rule])


def asked(app: Flask, scene: Scene, path: str, **body: str) -> Any:
    """The message row that a request left; the answer is the same as ever."""
    assert ClientApp.of(app, scene).post(path, body).status_code == 202
    return scene.messages()[-1]


@pytest.mark.rule("A15", "A17")
@pytest.mark.parametrize("disposition", ["spam", "blocked", "not_sent"])
def test_a_reset_is_lost_on_its_way_and_its_row_says_where(app: Flask, runtime: Runtime, disposition: str) -> None:
    scene = lost(runtime, "business-chat", ADA, disposition)
    row = asked(app, scene, "/password-resets", identifier=address_of("Ada"))
    assert (row.kind, row.disposition) == ("password_reset", disposition)
    assert (row.token is None) == (disposition == "not_sent")


@pytest.mark.rule("B4")
def test_a_code_in_spam_is_a_code_all_the_same_and_the_other_channel_stays_open(app: Flask, runtime: Runtime) -> None:
    scene = lost(runtime, "contact-portal", CORA, "spam", channel="email")
    row = asked(app, scene, "/confirmation-codes", email=address_of("Cora"))
    assert (row.channel, row.disposition) == ("email", "spam")
    row = asked(app, scene, "/confirmation-codes", phone=NUMBER)
    assert (row.channel, row.disposition) == ("sms", "inbox")
    entered = ClientApp.of(app, scene).post("/confirmations", {"phone": NUMBER, "code": row.code})
    assert entered.status_code == 201


@pytest.mark.rule("C4")
@pytest.mark.parametrize("identifier", ["carl.crab", "carl@example.test"])
def test_a_customers_mail_in_spam_can_still_be_used(app: Flask, runtime: Runtime, identifier: str) -> None:
    scene = lost(runtime, "customer-app", CARL, "spam")
    row = asked(app, scene, "/password-resets", identifier=identifier)
    assert (row.recipient, row.disposition) == ("carl@example.test", "spam")
    entries = {"password": "a fine new one", "password_confirmation": "a fine new one"}
    assert ClientApp.of(app, scene).call("PUT", f"/password-resets/{row.token}", entries).status_code == 204


@pytest.mark.rule("A15", "A17", "A23")
@pytest.mark.parametrize(
    ("fate", "reason"),
    [
        ({"disposition": "spam"}, "mail_in_spam"),
        ({"disposition": "blocked"}, "mail_blocked"),
        ({"disposition": "not_sent"}, "mail_not_sent"),
        ({"disposition": "delayed", "delay": "PT9M"}, "mail_delayed"),
    ],
)
@pytest.mark.parametrize("door", ["reset", "confirmation_code", "otp"])
def test_the_attempt_of_a_request_names_why_its_message_was_lost(
    app: Flask, runtime: Runtime, door: str, fate: dict[str, str], reason: str
) -> None:
    preset, who, path, body = _DOORS[door]
    rule = DeliveryRulePart.model_validate({"match": {}, **fate})
    scene = a_sandbox(runtime, who, preset=preset, delivery_rules=[rule])
    client = ClientApp.of(app, scene)
    if door == "otp":
        path = f"/sign-ins/{client.sign_in('Wanda Willow').get_json()['sign_in_id']}/otp"
    answer = client.post(path, body)
    assert answer.status_code == 202
    attempt = scene.attempts()[-1]
    assert (attempt.id, attempt.reason, attempt.status) == (answer.headers["X-Attempt-Id"], reason, 202)
    assert attempt.checks[-1][:2] == ["delivery", False]
    explained = app.test_client().get(f"/control/v1/sandboxes/{scene.id}/attempts/{attempt.id}").get_json()
    assert [cause["reason"] for cause in explained["causes"]] == [reason]
    assert explained["remedies"]


_DOORS: dict[str, tuple[str, Any, str, dict[str, str]]] = {
    "reset": ("business-chat", ADA, "/password-resets", {"identifier": address_of("Ada")}),
    "confirmation_code": ("contact-portal", CORA, "/confirmation-codes", {"email": address_of("Cora")}),
    "otp": ("business-chat", with_whatsapp("Wanda Willow"), "", {"phone": WHATSAPP_NUMBER}),
}


@pytest.mark.rule("A23")
@pytest.mark.parametrize(("delay", "reason"), [("PT3M", None), ("PT3M1S", "mail_delayed")])
def test_a_code_by_whatsapp_may_take_three_minutes(
    app: Flask, runtime: Runtime, delay: str, reason: str | None
) -> None:
    rule = DeliveryRulePart.model_validate({"match": {}, "disposition": "delayed", "delay": delay})
    scene = a_sandbox(runtime, with_whatsapp("Wanda Willow"), delivery_rules=[rule])
    client = ClientApp.of(app, scene)
    waiting = client.sign_in("Wanda Willow").get_json()["sign_in_id"]
    client.post(f"/sign-ins/{waiting}/otp", {"phone": WHATSAPP_NUMBER})
    assert scene.attempts()[-1].reason == reason
