"""A missing message is under way or late, and limits of wrong entries are distinguished.

The kind holds more members: each kind of message with and without a promised time; each moment before, at and after it;
a message that arrives after its code or link has expired; each limit by an entry, a request and the explanation of a
person.
"""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from logindrill.work.runtime import Runtime
from tests.explain.asking import codes, set_up, truth, why
from tests.support.contacts import a_portal, code_for
from tests.support.control import ControlTool
from tests.support.doors import ClientApp
from tests.support.factors import NUMBER, with_whatsapp
from tests.support.people import address_of, person
from tests.support.scenes import Scene, a_sandbox


def delayed_code(runtime: Runtime, app: Flask, delay: str) -> Scene:
    scene = a_sandbox(runtime, with_whatsapp("Wanda Willow"))
    set_up(app, scene, "/delivery-rules", {"match": {}, "disposition": "delayed", "delay": delay})
    client = ClientApp.of(app, scene)
    client.post(f"/sign-ins/{client.sign_in('Wanda Willow').get_json()['sign_in_id']}/otp", {"phone": NUMBER})
    return scene


def of_message(app: Flask, scene: Scene) -> Any:
    return ControlTool.of(app, scene).get(f"/messages/{scene.messages()[-1].id}")


@pytest.mark.rule("A23")
def test_a_code_is_under_way_for_three_minutes_and_late_afterwards(runtime: Runtime, app: Flask) -> None:
    scene = delayed_code(runtime, app, "PT9M")
    scene.wait(timedelta(minutes=3))
    card = of_message(app, scene)
    assert card["cause"]["cause"] == "The message is on its way: up to 3 minutes are normal."
    assert codes(card) == codes(why(app, scene, "wanda")) == ["wait_for_message", "deliver_now"]
    scene.wait(timedelta(seconds=1))
    card = of_message(app, scene)
    assert card["cause"]["cause"] == "The message is late: it should have arrived within 3 minutes."
    assert codes(card) == codes(why(app, scene, "wanda")) == ["end_delivery_rule", "ask_new_code", "deliver_now"]


@pytest.mark.rule("A23", "rule-7")
@pytest.mark.parametrize("delay", ["PT9M", "PT1H"])
def test_a_knob_that_makes_every_code_late_is_turned_before_a_new_code_is_requested(
    runtime: Runtime, app: Flask, delay: str
) -> None:
    scene = a_sandbox(runtime, with_whatsapp("Wanda Willow"), policy={"otp.delay": delay})
    client = ClientApp.of(app, scene)
    waiting = client.sign_in("Wanda Willow").get_json()["sign_in_id"]
    client.post(f"/sign-ins/{waiting}/otp", {"phone": NUMBER})
    scene.wait(timedelta(minutes=3, seconds=1))
    card = of_message(app, scene)
    assert codes(card) == codes(why(app, scene, "wanda")) == ["send_codes_sooner", "ask_new_code", "deliver_now"]
    turned = card["remedies"][0]["apply"]
    assert app.test_client().open(turned["path"], method=turned["method"], json=turned["body"]).status_code == 200
    client.post(f"/sign-ins/{waiting}/otp", {"phone": NUMBER})
    code = ControlTool.of(app, scene).get("/messages/latest")["code"]
    assert client.post(f"/sign-ins/{waiting}/second-factor", {"code": code}).status_code == 201


@pytest.mark.rule("A12", "A15")
def test_nobody_waits_for_a_link_that_arrives_dead(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    set_up(app, scene, "/delivery-rules", {"match": {}, "disposition": "delayed", "delay": "PT1H"})
    ClientApp.of(app, scene).post("/password-resets", {"identifier": address_of("Ada")})
    assert codes(of_message(app, scene)) == ["end_delivery_rule", "ask_new_reset", "deliver_now"]


@pytest.mark.rule("rule-6")
def test_the_limit_of_a_code_and_that_of_an_account_are_two_sentences(runtime: Runtime, app: Flask) -> None:
    scene = a_portal(runtime)
    client = ClientApp.of(app, scene)
    said = []
    for _ in range(3):
        right = code_for(scene)
        wrong = {"email": address_of("Cora"), "code": "111111" if right != "111111" else "222222"}
        for _ in range(5):
            client.post("/confirmations", wrong)
        answer = client.post("/confirmations", wrong | {"code": right})
        said.append(truth(app, scene, answer)["causes"][0]["cause"])
    of_code = "Too many wrong entries ended this code or sign-in; a new one can be requested at once."
    assert said[:2] == [of_code, of_code]
    assert said[2].startswith("Too many wrong entries were made for this account")
    assert of_code not in why(app, scene, "cora")["summary"]
