"""Odd accounts and entries, of which an explanation could easily say what is not true; each remedy leads in."""

from datetime import timedelta

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from logindrill.rules.reasons import DEACTIVATED
from logindrill.work.runtime import Runtime
from tests.explain.asking import codes, reasons, remedy, set_up, token_in_mail, truth, why
from tests.support.contacts import a_portal, code_for, contact
from tests.support.control import ControlTool
from tests.support.curing import cure
from tests.support.doors import ClientApp
from tests.support.factors import SECOND_PASSWORD, shown_at, with_authenticator, with_second_password, wrong_code
from tests.support.people import COMPANY, OTHER_COMPANY, address_of, belongs_to, person
from tests.support.scenes import MORNING, a_sandbox


@pytest.mark.parametrize("by_scanner", [True, False])
def test_a_link_that_only_was_opened_has_set_no_password(runtime: Runtime, app: Flask, by_scanner: bool) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"), policy={"links.used_by_get": True})
    if by_scanner:
        set_up(app, scene, "/delivery-rules", {"match": {}, "disposition": "inbox", "opened_by_scanner": True})
    client = ClientApp.of(app, scene)
    client.post("/password-resets", {"identifier": address_of("Ada")})
    token = token_in_mail(app, scene, "Ada")
    if not by_scanner:
        assert client.get(f"/password-resets/{token}").status_code == 200
    new = {"password": "brand new one", "password_confirmation": "brand new one"}
    card = truth(app, scene, client.call("PUT", f"/password-resets/{token}", new))
    stops = ["exclude_from_scanning"] if by_scanner else []
    assert (card["reason"], codes(card)) == ("link_used", [*stops, "keep_links_unused", "ask_new_reset"])
    assert ("a mail scanner" in card["causes"][0]["evidence"]) is by_scanner
    assert "used it up" in card["causes"][0]["evidence"]
    message = ControlTool.of(app, scene).get("/messages")["data"][-1]["id"]
    assert ControlTool.of(app, scene).get(f"/messages/{message}")["if_nothing_came"] is None


def test_an_address_that_is_held_again_is_not_invited_again(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ola Oak", "owner"), person("Ada Ash"))
    ClientApp.of(app, scene, token=scene.signed_in("Ola Oak")).call("DELETE", "/users/usr_ada")
    refused = ClientApp.of(app, scene).sign_in("Ada Ash")
    cure(app, scene, remedy(truth(app, scene, refused), "invite"), by="usr_ola")
    card = truth(app, scene, refused)
    assert (reasons(card), codes(card)) == (["deleted"], [])
    assert reasons(truth(app, scene, ClientApp.of(app, scene).sign_in("Ada Ash"))) == ["not_activated"]


def test_an_address_typed_with_a_space_becomes_the_main_one_as_the_account_has_it(runtime: Runtime, app: Flask) -> None:
    emails = [{"address": "old@example.test"}, {"address": address_of("Ada"), "kind": "secondary"}]
    scene = a_sandbox(
        runtime, person("Pia Pine", "professional"), person("Ada Ash", "customer", emails=emails), preset="customer-app"
    )
    body = {"identifier": "Ada@example.test ", "password": "Secret of ada"}
    card = truth(app, scene, ClientApp.of(app, scene).post("/sign-ins", body))
    cure(app, scene, remedy(card, "correct_address"), by="usr_pia")
    kept = ControlTool.of(app, scene).get("/users/usr_ada")["emails"]
    assert {entry["address"]: entry["kind"] for entry in kept} == {
        address_of("Ada"): "main",
        "old@example.test": "secondary",
    }
    assert ClientApp.of(app, scene).sign_in("Ada Ash").status_code == 201


def test_a_person_without_a_password_learns_so_and_gets_one(runtime: Runtime, app: Flask) -> None:
    people = (
        person("Pia Pine", "professional"),
        person("Sue Sloe", "support", company="co_platform"),
        person("Cleo Cedar", "customer"),
        person("Carl Cole", "customer"),
    )
    scene = a_sandbox(runtime, *people, preset="customer-app")
    client = ClientApp.of(app, scene)
    as_pia = ClientApp.of(app, scene, token=scene.signed_in("Pia Pine"))
    assert as_pia.call("PUT", "/users/usr_cleo/merge", {"into": "usr_carl"}).status_code == 204
    card = truth(app, scene, client.sign_in("Cleo Cedar"))
    assert reasons(card) == ["merged"]
    cure(app, scene, remedy(card, "restore_merged"), by="usr_sue")
    card = truth(app, scene, client.sign_in("Cleo Cedar"))
    assert (card["public"]["code"], reasons(card)) == ("invalid_credentials", ["wrong_password"])
    found = why(app, scene, "cleo")
    assert found["summary"] == "Cleo Cedar cannot sign in: the account has no password now, so that none can match."
    for each in (card, found):
        assert codes(each) == ["reset_password", "resend_by_email", "generate_temporary_password"]
    cure(app, scene, remedy(card, "resend_by_email"), by="usr_pia")
    new = {"password": "brand new one", "password_confirmation": "brand new one"}
    assert client.post(f"/invitations/{token_in_mail(app, scene, 'Cleo')}/acceptance", new).status_code == 201
    assert client.sign_in("Cleo Cedar", password="brand new one").status_code == 201


def test_whoever_is_deactivated_in_one_company_still_has_the_account(runtime: Runtime, app: Flask) -> None:
    memberships = [belongs_to(COMPANY, "member"), belongs_to(OTHER_COMPANY, "member")]
    scene = a_sandbox(runtime, person("Ola Oak", "owner"), person("Ada Ash", memberships=memberships))
    held = ClientApp.of(app, scene, token=scene.signed_in("Ada Ash"))
    ClientApp.of(app, scene, token=scene.signed_in("Ola Oak")).call("PUT", "/users/usr_ada/deactivation")
    there = {"identifier": address_of("Ada"), "password": "Secret of ada", "company": COMPANY}
    said = "The person was deactivated in this company; the account and its other companies are untouched."
    for refused in (held.get("/me"), ClientApp.of(app, scene).post("/sign-ins", there)):
        card = truth(app, scene, refused)
        assert (reasons(card), card["causes"][0]["cause"]) == (["deactivated"], said)
        assert codes(card) == ["reactivate", "choose_other_company"]
    found = why(app, scene)
    assert "last attempt failed: the person was deactivated in this company" in found["summary"]
    assert found["ended_sessions"][0]["cause"] == said
    assert ClientApp.of(app, scene).sign_in("Ada Ash").status_code == 201


def test_whoever_is_deactivated_altogether_has_no_other_company_to_choose(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ola Oak", "owner"), person("Ada Ash"))
    held = ClientApp.of(app, scene, token=scene.signed_in("Ada Ash"))
    ClientApp.of(app, scene, token=scene.signed_in("Ola Oak")).call("PUT", "/users/usr_ada/deactivation")
    for refused in (held.get("/me"), ClientApp.of(app, scene).sign_in("Ada Ash")):
        card = truth(app, scene, refused)
        assert (card["causes"][0]["cause"], codes(card)) == (DEACTIVATED.cause, ["reactivate"])


@pytest.mark.parametrize("method", ["second_password", "totp"])
def test_the_entry_that_ends_a_sign_in_leads_to_another_one(runtime: Runtime, app: Flask, method: str) -> None:
    ada = with_second_password("Ada Ash") if method == "second_password" else with_authenticator("Ada Ash")
    scene = a_sandbox(runtime, ada)
    client = ClientApp.of(app, scene)
    wrong, right = (
        ({"second_password": "nope nope"}, {"second_password": SECOND_PASSWORD})
        if method == "second_password"
        else ({"code": wrong_code(shown_at(MORNING), 77)}, {"code": shown_at(MORNING)})
    )
    path = f"/sign-ins/{client.sign_in('Ada Ash').get_json()['sign_in_id']}/second-factor"
    first = truth(app, scene, client.post(path, wrong))
    assert codes(first)[0].startswith("retype")
    last = [client.post(path, wrong) for _ in range(4)][-1]
    assert codes(truth(app, scene, last))[0] == "sign_in_again"
    assert client.post(path, right).status_code == 410
    path = f"/sign-ins/{client.sign_in('Ada Ash').get_json()['sign_in_id']}/second-factor"
    assert client.post(path, right).status_code == 201


def test_a_chain_of_mergers_leads_to_the_account_at_its_end(runtime: Runtime, app: Flask) -> None:
    people = (
        person("Pia Pine", "professional"),
        person("Sue Sloe", "support", company="co_platform"),
        *(person(name, "customer") for name in ("Cleo Cedar", "Carl Cole", "Dora Dale")),
    )
    scene = a_sandbox(runtime, *people, preset="customer-app")
    as_pia = ClientApp.of(app, scene, token=scene.signed_in("Pia Pine"))
    for one, other in (("cleo", "carl"), ("carl", "dora")):
        assert as_pia.call("PUT", f"/users/usr_{one}/merge", {"into": f"usr_{other}"}).status_code == 204
    card = truth(app, scene, ClientApp.of(app, scene).sign_in("Cleo Cedar"))
    assert codes(card) == ["use_survivor", "restore_merged", "release_email"]
    assert ClientApp.of(app, scene).sign_in("Dora Dale").status_code == 201
    cure(app, scene, remedy(card, "release_email"), by="usr_sue")
    found = why(app, scene, "cleo")
    assert found["summary"] == "Cleo Cedar cannot sign in: the account was merged into another one."
    assert codes(found) == ["use_survivor"]


def test_a_company_that_is_closed_while_others_are_open_is_named(runtime: Runtime, app: Flask) -> None:
    memberships = [belongs_to(COMPANY, "customer", access="revoked"), belongs_to(OTHER_COMPANY, "customer")]
    scene = a_sandbox(runtime, person("Ada Ash", memberships=memberships), preset="customer-app")
    said = "Ada Ash can sign in, but not to Harbour Books (access to the company is revoked)."
    assert why(app, scene)["summary"] == said


def test_an_address_typed_on_a_british_keyboard_is_recognised(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    typed = {"identifier": 'ada"example.test', "password": "Secret of ada"}
    [miss] = truth(app, scene, ClientApp.of(app, scene).post("/sign-ins", typed))["near_misses"]
    assert (miss["kind"], "British or American" in miss["evidence"]) == ("keyboard_layout", True)


def test_the_limit_of_wrong_entries_that_was_reached_is_named(runtime: Runtime, app: Flask) -> None:
    scene = a_portal(runtime, contact("Cora Crane"))
    client = ClientApp.of(app, scene)
    for _ in range(3):
        wrong = wrong_code(code_for(scene))
        answers = [client.post("/confirmations", {"email": address_of("Cora"), "code": wrong}) for _ in range(5)]
        assert {truth(app, scene, answer)["reason"] for answer in answers} == {"wrong_code"}
    card = truth(app, scene, client.post("/confirmations", {"email": address_of("Cora"), "code": wrong}))
    assert card["causes"][0]["evidence"] == "15 wrong entries for the account within 1 hour"
    cure(app, scene, remedy(card, "wait_for_codes"), by="usr_cora")
    right = {"email": address_of("Cora"), "code": code_for(scene)}
    assert client.post("/confirmations", right).status_code == 201


def test_a_code_of_the_app_that_was_used_is_followed_by_the_next_one(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, with_authenticator("Ada Ash"))
    client = ClientApp.of(app, scene)

    def enters(code: str) -> TestResponse:
        sign_in_id = client.sign_in("Ada Ash").get_json()["sign_in_id"]
        return client.post(f"/sign-ins/{sign_in_id}/second-factor", {"code": code})

    assert enters(shown_at(MORNING)).status_code == 201
    card = truth(app, scene, enters(shown_at(MORNING)))
    assert (reasons(card), codes(card)) == (["used_code"], ["use_next_code"])
    cure(app, scene, card["remedies"][0], by="usr_ada")
    assert enters(shown_at(MORNING + timedelta(seconds=30))).status_code == 201
