"""Remedies fit the person, tell what they do besides, and the calls they carry lead in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from logindrill.work.runtime import Runtime
from tests.explain.asking import codes, remedy
from tests.explain.asking import truth as explained
from tests.support.contacts import a_portal, code_for, contact, page
from tests.support.control import ControlTool
from tests.support.curing import cure
from tests.support.doors import ClientApp
from tests.support.factors import with_second_password
from tests.support.people import COMPANY, OTHER_COMPANY, address_of, belongs_to, password_of, person
from tests.support.scenes import Scene, a_sandbox

Try = Callable[[ClientApp], TestResponse]


def with_condition(scene: Scene, app: Flask, **sets: str) -> None:
    answer = ControlTool.of(app, scene).call("POST", "/conditions", {"match": {}} | sets)
    assert answer.status_code == 201


@pytest.mark.rule("A28")
def test_pairs_of_causes_are_cured_one_after_the_other(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(
        runtime,
        person("Ola Oak", "owner"),
        person("Ben Birch", status="deactivated"),
        policy={"networks.vpn": "deny", "throttling.enabled": True, "throttling.failures": 1},
    )
    client = ClientApp.of(app, scene)
    client.sign_in("Ben Birch", password="wrong")
    with_condition(scene, app, network="vpn")
    card = explained(app, scene, client.sign_in("Ben Birch"))
    assert [cause["reason"] for cause in card["causes"]] == ["vpn", "throttled", "deactivated"]
    assert card["would_succeed_if"] == [
        "the person: turn off the VPN",
        "the person: wait until enough time has passed since the failed attempts",
        "owner or admin: reactivate the account",
    ]
    for code in ("leave_vpn", "unlock", "reactivate"):
        cure(app, scene, remedy(card, code), by="usr_ola")
    assert client.sign_in("Ben Birch").status_code == 201


def test_waiting_for_a_lock_moves_the_clock_to_its_end(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"), policy={"throttling.enabled": True, "throttling.failures": 1})
    client = ClientApp.of(app, scene)
    client.sign_in("Ada Ash", password="wrong")
    card = explained(app, scene, client.sign_in("Ada Ash"))
    cure(app, scene, remedy(card, "wait_for_unlock"), by="usr_ada")
    assert client.sign_in("Ada Ash").status_code == 201


def test_a_side_effect_is_shown_only_for_people_it_happens_to(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(
        runtime,
        person("Ola Oak", "owner"),
        person("Ben Birch", status="deactivated"),
        with_second_password("Eve Elm", status="deactivated"),
    )
    client = ClientApp.of(app, scene)
    plain = remedy(explained(app, scene, client.sign_in("Ben Birch")), "reactivate")
    with_factor = remedy(explained(app, scene, client.sign_in("Eve Elm")), "reactivate")
    assert plain["side_effects"] == []
    assert with_factor["side_effects"] == ["the next sign-in asks for the second factor again"]


def test_a_link_that_is_dead_is_not_to_be_followed(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ola Oak", "owner"), person("Cy Cane", status="invited"))
    client = ClientApp.of(app, scene)
    assert codes(explained(app, scene, client.sign_in("Cy Cane", password="whatever"))) == [
        "follow_invitation",
        "resend_invitation",
    ]
    scene.wait(timedelta(days=8))
    card = explained(app, scene, client.sign_in("Cy Cane", password="whatever"))
    assert codes(card) == ["resend_invitation"]
    cure(app, scene, card["remedies"][0], by="usr_ola")
    assert len(scene.messages(address_of("Cy"))) == 2


def test_a_deleted_person_is_invited_anew_under_the_address(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ola Oak", "owner"), person("Ada Ash"))
    ClientApp.of(app, scene, token=scene.signed_in("Ola Oak")).call("DELETE", "/users/usr_ada")
    card = explained(app, scene, ClientApp.of(app, scene).sign_in("Ada Ash"))
    assert card["reason"] == "deleted"
    cure(app, scene, remedy(card, "invite"), by="usr_ola")
    assert scene.newest_token(address_of("Ada"))


def test_a_secondary_address_becomes_the_main_one(runtime: Runtime, app: Flask) -> None:
    emails = [{"address": "old@example.test"}, {"address": address_of("Ada"), "kind": "secondary"}]
    scene = a_sandbox(
        runtime, person("Pia Pine", "professional"), person("Ada Ash", "customer", emails=emails), preset="customer-app"
    )
    client = ClientApp.of(app, scene)
    card = explained(app, scene, client.sign_in("Ada Ash"))
    assert codes(card) == ["use_main_address", "correct_address"]
    assert card["near_misses"][0]["kind"] == "secondary_address"
    cure(app, scene, remedy(card, "correct_address"), by="usr_pia")
    assert client.sign_in("Ada Ash").status_code == 201


def test_revoked_access_comes_back_for_the_company_that_was_meant(runtime: Runtime, app: Flask) -> None:
    memberships = [belongs_to(COMPANY, "customer", access="revoked"), belongs_to(OTHER_COMPANY, "customer")]
    scene = a_sandbox(
        runtime,
        person("Pia Pine", "professional"),
        person("Ada Ash", "customer", memberships=memberships),
        preset="customer-app",
    )
    client = ClientApp.of(app, scene)
    body = {"identifier": address_of("Ada"), "password": password_of("Ada"), "company": COMPANY}
    card = explained(app, scene, client.post("/sign-ins", body))
    assert codes(card) == ["restore_access", "choose_other_company"]
    cure(app, scene, card["remedies"][0], by="usr_pia")
    assert client.post("/sign-ins", body).status_code == 201


def test_another_company_is_a_near_miss(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    body = {"identifier": address_of("Ada"), "password": password_of("Ada"), "company": OTHER_COMPANY}
    card = explained(app, scene, ClientApp.of(app, scene).post("/sign-ins", body))
    assert [(miss["kind"], miss["evidence"]) for miss in card["near_misses"]] == [
        ("other_company", "right, but for Harbour Books")
    ]


@pytest.mark.rule("B2")
def test_renewed_consent_lets_the_code_out(runtime: Runtime, app: Flask) -> None:
    scene = a_portal(runtime, contact("Cora Crane", opted_out=True))
    client = ClientApp.of(app, scene)
    card = explained(app, scene, client.post("/confirmation-codes", {"email": address_of("Cora")}))
    cure(app, scene, remedy(card, "renew_consent"), by="usr_sam")
    client.post("/confirmation-codes", {"email": address_of("Cora")})
    assert scene.messages()[-1].code is not None


@pytest.mark.rule("B9")
def test_publishing_opens_the_page_that_was_wanted(runtime: Runtime, app: Flask) -> None:
    scene = a_portal(runtime, contact("Cora Crane"), publications=[page("pub_plan")])
    client = ClientApp.of(app, scene)
    body = {"email": address_of("Cora"), "code": code_for(scene), "publication_id": "pub_plan"}
    refused = client.post("/confirmations", body)
    card = explained(app, scene, refused)
    assert card["reason"] == "not_published"
    cure(app, scene, remedy(card, "publish"), by="usr_sam")
    client.token = refused.get_json()["session"]["access_token"]
    assert client.get("/publications/pub_plan").status_code == 200


def test_an_older_code_differs_from_a_wrong_one_while_the_newest_is_valid(runtime: Runtime, app: Flask) -> None:
    scene = a_portal(runtime)
    older = code_for(scene)
    code_for(scene)
    client = ClientApp.of(app, scene)
    card = explained(app, scene, client.post("/confirmations", {"email": address_of("Cora"), "code": older}))
    assert codes(card) == ["use_newest_code", "ask_new_code"]
    assert card["near_misses"][0]["kind"] == "superseded"
    scene.wait(timedelta(minutes=10, seconds=30))
    newest = scene.messages()[-1].code
    late = explained(app, scene, client.post("/confirmations", {"email": address_of("Cora"), "code": newest}))
    assert codes(late) == ["ask_new_code"]
    assert late["near_misses"] == [
        {"check": "code", "kind": "just_expired", "evidence": "right, but 30 seconds too late"}
    ]


@pytest.mark.parametrize(
    ("sets", "policy", "code"),
    [
        ({"network": "vpn"}, {"networks.vpn": "deny"}, "leave_vpn"),
        ({"network": "vpn"}, {"networks.vpn": "deny"}, "change_policy"),
        ({"app_version": "1.9"}, {"apps.min_version": "1.10"}, "update_app"),
    ],
)
def test_what_lies_outside_the_service_is_cured_by_the_tester(
    runtime: Runtime, app: Flask, sets: dict[str, str], policy: dict[str, str], code: str
) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"), policy=policy)
    with_condition(scene, app, **sets)
    client = ClientApp.of(app, scene)
    mobile = {"X-Client": "mobile/1.9"}
    card = explained(app, scene, client.sign_in("Ada Ash", headers=mobile))
    cure(app, scene, remedy(card, code), by="usr_ada")
    assert client.sign_in("Ada Ash", headers={"X-Client": "mobile/1.10"}).status_code == 201


def test_a_fault_is_ended_by_its_id(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    fault = {"match": {"operation": "sign_in"}, "effect": {"status": 500}, "times": 9}
    ControlTool.of(app, scene).call("POST", "/faults", fault)
    client = ClientApp.of(app, scene)
    card = explained(app, scene, client.sign_in("Ada Ash"))
    cure(app, scene, remedy(card, "end_fault"), by="usr_ada")
    assert client.sign_in("Ada Ash").status_code == 201


def test_an_identifier_typed_on_a_neighbouring_layout_is_recognised(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Cy Cane"))
    refused = ClientApp.of(app, scene).post("/sign-ins", {"identifier": "cz@example.test", "password": "x"})
    near = explained(app, scene, refused)["near_misses"]
    assert [(miss["kind"], miss["evidence"]) for miss in near] == [
        ("keyboard_layout", "it is that of Cy Cane, typed as on a QWERTZ keyboard")
    ]


def test_a_damaged_invitation_is_sent_again_whoever_it_was_for(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ola Oak", "owner"))
    client = ClientApp.of(app, scene)
    assert codes(explained(app, scene, client.get("/invitations/damaged"))) == ["copy_whole_link", "resend_invitation"]
    assert codes(explained(app, scene, client.get("/password-resets/damaged"))) == ["copy_whole_link", "ask_new_reset"]


def test_nobody_is_invited_again_where_the_address_is_taken(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ola Oak", "owner"), person("Ada Ash"))
    body = {"identifier": address_of("Ada"), "password": password_of("Ada"), "company": OTHER_COMPANY}
    card = explained(app, scene, ClientApp.of(app, scene).post("/sign-ins", body))
    assert codes(card) == ["choose_other_company"]


def test_a_survivor_who_cannot_sign_in_is_no_way_in(runtime: Runtime, app: Flask) -> None:
    def tried(status: str) -> dict[str, Any]:
        scene = a_sandbox(
            runtime,
            person("Sue Sorrel", "support", memberships=[belongs_to("co_platform", "support")]),
            person("Ada Ash", "customer", status=status),
            person("Cy Cane", "customer", status="merged", merged_into="usr_ada", memberships=[]),
            preset="customer-app",
        )
        return explained(app, scene, ClientApp.of(app, scene).sign_in("Cy Cane"))

    assert codes(tried("active")) == ["use_survivor", "restore_merged", "release_email"]
    assert codes(tried("deactivated")) == ["restore_merged", "release_email"]


def test_a_permission_that_lacks_is_named(runtime: Runtime, app: Flask) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    refused = ClientApp.of(app, scene, token=scene.signed_in("Ada Ash")).get("/users")
    assert explained(app, scene, refused)["causes"][0]["evidence"] == "the role lacks users.read"
