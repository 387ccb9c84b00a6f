"""Whoever typed a dead temporary password is led to the one that counts, and no remedy ends it (C8).

The kind holds more members: superseded, expired, used and void ones; of invited and of active customers; of one company
and of two; with a live one beside it and without.
"""

from datetime import timedelta

import pytest
from flask import Flask

from logindrill.work.runtime import Runtime
from tests.explain.asking import codes, reasons, remedy, truth, why
from tests.support.control import ControlTool
from tests.support.curing import cure
from tests.support.doors import ClientApp
from tests.support.factors import with_second_password
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox


def two_people(runtime: Runtime, status: str) -> Scene:
    password = {"password": None} if status == "invited" else {}
    cleo = person("Cleo Cedar", "customer", status=status, **password)
    return a_sandbox(runtime, person("Pia Pine", "professional"), cleo, preset="customer-app")


def generate(app: Flask, scene: Scene) -> str:
    as_pia = ClientApp.of(app, scene, token=scene.signed_in("Pia Pine"))
    answer = as_pia.post("/users/usr_cleo/invitations", {"method": "temporary_password"})
    return str(answer.get_json()["temporary_password"])


@pytest.mark.rule("C8")
@pytest.mark.parametrize("status", ["invited", "active"])
def test_a_superseded_one_leads_to_the_newest_and_to_nothing_that_kills_it(
    runtime: Runtime, app: Flask, status: str
) -> None:
    scene = two_people(runtime, status)
    first, newest = generate(app, scene), generate(app, scene)
    client = ClientApp.of(app, scene)
    card = truth(app, scene, client.sign_in("Cleo Cedar", password=first))
    assert (reasons(card), codes(card)) == (["temporary_password_superseded"], ["use_newest_temporary_password"])
    assert client.sign_in("Cleo Cedar", password=newest).get_json()["status"] == "new_password_required"


@pytest.mark.rule("C8")
def test_an_expired_one_of_an_invited_customer_has_one_cause(runtime: Runtime, app: Flask) -> None:
    scene = two_people(runtime, "invited")
    only = generate(app, scene)
    scene.wait(timedelta(days=8))
    card = truth(app, scene, ClientApp.of(app, scene).sign_in("Cleo Cedar", password=only))
    assert reasons(card) == reasons(why(app, scene, "cleo")) == ["temporary_password_expired"]
    assert codes(card) == ["generate_temporary_password", "resend_by_email"]


@pytest.mark.rule("C8")
def test_a_wrong_password_of_a_customer_of_one_company_offers_a_temporary_one(runtime: Runtime, app: Flask) -> None:
    scene = two_people(runtime, "active")
    card = truth(app, scene, ClientApp.of(app, scene).sign_in("Cleo Cedar", password="not the one"))
    assert codes(card) == ["retype_password", "reset_password", "generate_temporary_password"]
    cure(app, scene, remedy(card, "generate_temporary_password"), by="usr_pia")
    assert reasons(why(app, scene, "cleo")) == []


@pytest.mark.rule("rule-7", "C10")
@pytest.mark.parametrize("code", ["generate_temporary_password", "resend_by_email"])
def test_a_new_invitation_says_what_it_ends(runtime: Runtime, app: Flask, code: str) -> None:
    cleo = with_second_password("Cleo Cedar", "customer")
    scene = a_sandbox(runtime, person("Pia Pine", "professional"), cleo, preset="customer-app")
    generate(app, scene)
    scene.wait(timedelta(days=8))
    card = why(app, scene, "cleo")
    assert remedy(card, code)["side_effects"] == ["the next sign-in asks for the second factor again"]


def test_an_order_is_one_remedy_with_all_its_side_effects(runtime: Runtime, app: Flask) -> None:
    scene = two_people(runtime, "active")
    rule = {"match": {"kind": "activation"}, "disposition": "blocked"}
    assert ControlTool.of(app, scene).call("POST", "/delivery-rules", rule).status_code == 201
    as_pia = ClientApp.of(app, scene, token=scene.signed_in("Pia Pine"))
    assert as_pia.post("/users/usr_cleo/invitations", {"method": "email"}).status_code == 201
    card = why(app, scene, "cleo")
    assert remedy(card, "resend_invitation")["side_effects"] == ["the old password stops working"]
    calls = [(one["who"], str(one["apply"])) for one in card["remedies"] if one["apply"]]
    assert len(calls) == len(set(calls))
