"""The answers to a client app at a sign-in: success and refusal."""

import pytest
from flask import Flask

from logindrill.work.runtime import Runtime
from tests.support.doors import ClientApp, code_of
from tests.support.people import COMPANY, OTHER_COMPANY, address_of, belongs_to, password_of, person
from tests.support.scenes import Scene, a_sandbox


@pytest.fixture(scope="module")
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(
        runtime,
        person("Ada Ash", "owner"),
        person("Ben Birch", status="invited"),
        person("Cleo Cedar", status="deactivated"),
        person("Dana Dogwood", memberships=[belongs_to(COMPANY, "member"), belongs_to(OTHER_COMPANY, "admin")]),
    )


@pytest.fixture
def caller(app: Flask, scene: Scene) -> ClientApp:
    return ClientApp.of(app, scene)


def test_who_is_in_gets_session_and_user(caller: ClientApp) -> None:
    answer = caller.sign_in("Ada Ash")
    assert answer.status_code == 201
    body = answer.get_json()
    assert set(body) == {"status", "session", "user"}
    assert body["status"] == "signed_in"
    session = body["session"]
    assert session.pop("id").startswith("ses_")
    assert session.pop("access_token").startswith("mock_")
    assert session == {
        "token_type": "Bearer",
        "expires_at": "2026-04-01T09:00:00Z",
        "expires_in": 30 * 86_400,
        "client": "web",
        "company": COMPANY,
        "companies": [{"id": COMPANY, "name": "Harbour Books", "role": "owner", "access": "granted"}],
        "capabilities": ["conversations", "campaigns", "automations", "settings", "reports", "people"],
        "warnings": [],
    }
    assert body["user"] == {
        "id": "usr_ada",
        "name": "Ada Ash",
        "username": None,
        "status": "active",
        "emails": [{"address": "ada@example.test", "kind": "main"}],
        "phones": [],
        "memberships": [{"company": COMPANY, "role": "owner", "access": "granted"}],
        "second_factor": None,
        "opted_out": False,
        "last_sign_in_at": "2026-03-02T09:00:00Z",
    }


def test_the_mobile_app_gets_conversations_only_and_is_warned(caller: ClientApp) -> None:
    headers = {"X-Client": "mobile/2.3.1", "X-Installation-Id": "phone-1", "X-Notifications": "off"}
    session = caller.sign_in("Ada Ash", headers=headers).get_json()["session"]
    assert (session["client"], session["capabilities"]) == ("mobile", ["conversations"])
    assert session["warnings"] == ["notifications_off"]


def test_a_company_can_be_chosen(caller: ClientApp) -> None:
    body = {"identifier": address_of("Dana Dogwood"), "password": password_of("Dana Dogwood")}
    session = caller.post("/sign-ins", body | {"company": OTHER_COMPANY}).get_json()["session"]
    assert session["company"] == OTHER_COMPANY
    assert [company["id"] for company in session["companies"]] == [COMPANY, OTHER_COMPANY]
    assert code_of(caller.post("/sign-ins", body | {"company": "co_nowhere"})) == "invalid_credentials"


def test_unknown_wrong_and_not_activated_get_the_same_answer(caller: ClientApp) -> None:
    right = password_of("Ada Ash")
    refused = [
        caller.post("/sign-ins", {"identifier": identifier, "password": password})
        for identifier, password in (
            ("nobody@example.test", right),
            ("nobody", right),
            (address_of("Ada Ash"), "wrong one"),
            (address_of("Ada Ash"), right.upper()),
            (address_of("Ada Ash").upper(), right),
            (address_of("Ada Ash") + " ", right),
            (address_of("Ada Ash"), right + " "),
            (address_of("Ben Birch"), right),
            (address_of("Cleo Cedar"), "wrong one"),
            ("", ""),
        )
    ]
    assert {answer.status_code for answer in refused} == {401}
    assert len({answer.data for answer in refused}) == 1
    assert len({tuple(sorted(set(answer.headers.keys()))) for answer in refused}) == 1
    assert code_of(refused[0]) == "invalid_credentials"


def test_deactivated_is_answered_only_after_the_right_password(caller: ClientApp) -> None:
    refused = caller.sign_in("Cleo Cedar")
    assert (refused.status_code, code_of(refused)) == (403, "account_deactivated")
    assert code_of(caller.sign_in("Cleo Cedar", password="wrong one")) == "invalid_credentials"


def test_the_customers_app_says_exactly_what_customers_report(app: Flask, runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Fay Fir", "customer"), preset="customer-app")
    caller = ClientApp.of(app, scene)
    refused = [caller.sign_in("Fay Fir", password="wrong one"), caller.sign_in("Gus Grove", password="any")]
    assert [answer.get_json()["detail"] for answer in refused] == ["Invalid User / password"] * 2


def test_words_and_disclosure_are_the_sandboxs_own(app: Flask, runtime: Runtime) -> None:
    policy = {"wording.invalid_credentials": "Hm, n\u00f6.", "disclosure.deactivated": False}
    scene = a_sandbox(runtime, person("Cleo Cedar", status="deactivated"), policy=policy)
    refused = ClientApp.of(app, scene).sign_in("Cleo Cedar")
    assert (refused.status_code, refused.get_json()["detail"]) == (401, "Hm, n\u00f6.")


@pytest.mark.parametrize(
    "more",
    [{"role": "owner"}, {"user_id": "usr_ada"}, {"status": "active"}, {"sandbox": "default"}, {"ask_second_factor": 1}],
)
def test_nothing_undeclared_is_taken(caller: ClientApp, more: dict[str, object]) -> None:
    body = {"identifier": address_of("Ada Ash"), "password": password_of("Ada Ash")} | more
    refused = caller.post("/sign-ins", body)
    assert refused.status_code == 422
    assert [error["field"] for error in refused.get_json()["errors"]] == list(more)


def test_fields_that_are_missing_are_named(caller: ClientApp) -> None:
    refused = caller.post("/sign-ins", {})
    errors = refused.get_json()["errors"]
    assert [(error["field"], error["code"]) for error in errors] == [
        ("identifier", "required"),
        ("password", "required"),
    ]
    assert all(error["detail"] for error in errors)


@pytest.mark.rule("S27")
def test_a_password_longer_than_any_is_refused_before_it_costs_anything(caller: ClientApp) -> None:
    refused = caller.sign_in("Ada Ash", password="a" * 4097)
    assert [(error["field"], error["code"]) for error in refused.get_json()["errors"]] == [("password", "invalid")]
    assert caller.sign_in("Ada Ash", password="a" * 4096).status_code == 401
