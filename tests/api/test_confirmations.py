"""Contacts over HTTP: one answer for everybody who asks, one refusal for every entry, and cookies for a browser."""

import json
import statistics
import time
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import EnvironBuilder, TestResponse, run_wsgi_app

from logindrill.services import conditions, policies
from logindrill.work.perform import order
from logindrill.work.runtime import Runtime
from logindrill.world.conditions import ConditionPart
from tests.support.contacts import NUMBER, OTHER_NUMBER, a_portal, contact, page, wrong_entries
from tests.support.doors import ClientApp, code_of
from tests.support.people import address_of, id_of
from tests.support.scenes import Scene, a_sandbox

CORA = address_of("Cora")
MOST = 1.5
"""Work that is done for one kind of address and left out for another shows as twice the time."""
ASKED: dict[str, dict[str, str]] = {
    "registered": {"email": CORA},
    "by sms": {"phone": NUMBER},
    "on the other channel": {"email": CORA, "channel": "sms"},
    "unknown": {"email": "nobody@example.test"},
    "unknown number": {"phone": OTHER_NUMBER},
    "opted out": {"email": address_of("Anna")},
    "deactivated": {"email": address_of("Dora")},
    "without a number": {"email": address_of("Emma"), "channel": "sms"},
    "staff": {"email": address_of("Sam")},
    "malformed": {"email": "not an address at all"},
    "malformed number": {"phone": "not a number at all"},
}


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_portal(
        runtime,
        contact("Cora Crane"),
        contact("Anna Alder", None, opted_out=True),
        contact("Dora Dane", None, status="deactivated"),
        contact("Emma Elm", None),
        publications=[page("pub_a", "Cora"), page("pub_b")],
    )


@pytest.fixture
def client(app: Flask, scene: Scene) -> ClientApp:
    return ClientApp.of(app, scene)


def newest_code(scene: Scene) -> str:
    return next(str(row.code) for row in reversed(scene.messages()) if row.code)


def asked(client: ClientApp, scene: Scene, **body: str) -> str:
    assert client.post("/confirmation-codes", body or {"email": CORA}).status_code == 202
    return newest_code(scene)


def entered(client: ClientApp, code: str, **body: Any) -> TestResponse:
    return client.post("/confirmations", {"email": CORA, "code": code} | body)


def test_everybody_who_asks_gets_the_same_answer_byte_for_byte(client: ClientApp) -> None:
    answers = [client.post("/confirmation-codes", body) for body in ASKED.values()]
    for answer in answers:
        assert (answer.status_code, answer.get_json()) == (202, {"status": "code_sent"})
        assert len(answer.headers.pop("X-Attempt-Id")) == len("att_") + 16
    assert len({answer.data for answer in answers}) == 1
    assert len({tuple(answer.headers) for answer in answers}) == 1


def test_every_refused_entry_gets_the_same_answer_byte_for_byte(client: ClientApp, scene: Scene) -> None:
    older = asked(client, scene)
    newer = asked(client, scene)
    order(scene.work(), policies.change, {"codes.attempts": 10})
    wrong = f"{(int(newer) + 1) % 10**6:06d}"
    answers = [client.post("/confirmations", {"code": wrong} | _without_channel(body)) for body in ASKED.values()]
    answers += [entered(client, older), entered(client, "not digits"), entered(client, newer + "x")]
    entered(client, newer)
    answers.append(entered(client, newer))
    for answer in answers:
        assert (answer.status_code, code_of(answer)) == (401, "invalid_code")
        assert len(answer.headers.pop("X-Attempt-Id")) == len("att_") + 16
    assert len({answer.data for answer in answers}) == 1
    assert len({tuple(answer.headers) for answer in answers}) == 1
    reasons = {row.reason for row in scene.attempts() if row.operation == "use_confirmation_code"}
    assert reasons >= {"wrong_code", "superseded_code", "used_code", "not_registered", "opted_out", "deactivated"}


@pytest.mark.rule("S21")
def test_asking_takes_as_long_for_somebody_as_for_nobody(app: Flask, scene: Scene) -> None:
    times: dict[str, list[float]] = {"registered": [], "unknown": [], "opted out": []}
    for _ in range(30):
        for name, spent in times.items():
            spent.append(_time(app, scene, "/confirmation-codes", ASKED[name]))
    medians = {name: statistics.median(spent) for name, spent in times.items()}
    assert max(medians.values()) < MOST * min(medians.values()), medians


def test_entering_takes_as_long_for_somebody_as_for_nobody(app: Flask, scene: Scene, client: ClientApp) -> None:
    order(scene.work(), policies.change, {"codes.account_attempts": 100})
    asked(client, scene)
    times: dict[str, list[float]] = {"registered": [], "unknown": [], "opted out": []}
    for _ in range(30):
        for name, spent in times.items():
            spent.append(_time(app, scene, "/confirmations", ASKED[name] | {"code": "no code"}))
    medians = {name: statistics.median(spent) for name, spent in times.items()}
    assert max(medians.values()) < MOST * min(medians.values()), medians


def test_a_browser_gets_session_and_device_as_cookies_and_is_recognised_by_them(
    app: Flask, scene: Scene, client: ClientApp
) -> None:
    browser = ClientApp.of(app, scene, cookies=True)
    answer = entered(browser, asked(client, scene))
    assert (answer.status_code, answer.get_json()["status"]) == (201, "signed_in")
    assert answer.get_json()["device_token"]
    assert browser.get("/me").get_json()["id"] == id_of("Cora")
    browser.call("DELETE", "/session")
    assert browser.get("/me").status_code == 401
    again = browser.post("/confirmation-codes", {"email": CORA})
    assert again.status_code == 201
    assert "device_token" not in again.get_json(), "it has one already"
    assert browser.get("/session").status_code == 200


def test_a_page_of_another_site_is_not_let_in_by_the_browsers_device(
    app: Flask, scene: Scene, client: ClientApp
) -> None:
    browser = ClientApp.of(app, scene, cookies=True)
    entered(browser, asked(client, scene))
    foreign = browser.post("/confirmation-codes", {"email": CORA}, headers={"Origin": "https://elsewhere.test"})
    assert foreign.status_code == 403


def test_the_mobile_app_shows_its_device_in_a_header(client: ClientApp, scene: Scene) -> None:
    phone = {"X-Client": "mobile/2.3.1", "X-Installation-Id": "phone-1"}
    answer = client.post("/confirmations", {"phone": NUMBER, "code": asked(client, scene)}, headers=phone)
    assert "Set-Cookie" not in answer.headers
    shown = phone | {"X-Device-Token": answer.get_json()["device_token"]}
    assert client.post("/confirmation-codes", {"email": CORA}, headers=shown).status_code == 201
    moved = shown | {"X-Installation-Id": "phone-2"}
    assert client.post("/confirmation-codes", {"email": CORA}, headers=moved).status_code == 202


def test_without_trust_the_device_stays_unknown(client: ClientApp, scene: Scene) -> None:
    answer = entered(client, asked(client, scene), trust_device=False)
    assert "device_token" not in answer.get_json()


def test_a_page_not_published_is_refused_but_session_and_device_are_given(
    app: Flask, client: ClientApp, scene: Scene
) -> None:
    browser = ClientApp.of(app, scene, cookies=True)
    answer = entered(browser, asked(client, scene), publication_id="pub_b")
    assert (answer.status_code, code_of(answer)) == (403, "not_published")
    body = answer.get_json()
    assert body["status"] == 403
    assert body["user"]["id"] == id_of("Cora")
    assert answer.headers["X-Attempt-Id"] == scene.attempts()[-1].id
    client.token = body["session"]["access_token"]
    assert client.get("/publications/pub_a").status_code == 200
    answered = client.get("/publications/pub_b")
    assert (answered.status_code, code_of(answered)) == (403, "not_published")
    assert browser.get("/me").status_code == 200, "the cookies came too"
    shown = {"X-Device-Token": body["device_token"]}
    assert client.post("/confirmation-codes", {"email": CORA}, headers=shown).status_code == 201


def test_staff_publish_and_the_page_opens(app: Flask, client: ClientApp, scene: Scene) -> None:
    staff = ClientApp.of(app, scene, token=scene.signed_in("Sam Sage"))
    client.token = entered(client, asked(client, scene)).get_json()["session"]["access_token"]
    audience = f"/publications/pub_b/audience/{id_of('Cora')}"
    refused = client.call("PUT", audience)
    assert (refused.status_code, refused.get_json()["permission"]) == (403, "publications.publish")
    assert staff.call("PUT", audience).status_code == 204
    assert client.get("/publications/pub_b").get_json() == {"id": "pub_b", "title": "About pub_b", "body": "Inside."}
    assert staff.get("/publications/pub_b").get_json()["audience"] == [id_of("Cora")]
    assert staff.call("DELETE", audience).status_code == 204
    assert [card["id"] for card in client.get("/publications").get_json()["data"]] == ["pub_a"]


@pytest.mark.rule("B12")
def test_staff_see_card_and_deliveries_and_contacts_their_own_page_only(
    app: Flask, client: ClientApp, scene: Scene
) -> None:
    code = asked(client, scene)
    client.token = entered(client, code).get_json()["session"]["access_token"]
    staff = ClientApp.of(app, scene, token=scene.signed_in("Sam Sage"))
    path = f"/users/{id_of('Cora')}"
    assert staff.get(path).get_json()["phones"] == [{"number": NUMBER, "kind": "sms"}]
    deliveries = staff.get(f"{path}/deliveries")
    assert deliveries.get_json()["data"][0]["to"] == CORA
    assert code not in deliveries.text
    assert [client.get(part).status_code for part in (path, f"{path}/deliveries", "/users")] == [403] * 3


@pytest.mark.rule("B10")
def test_a_vpn_stops_the_entry_and_uses_nothing_up(client: ClientApp, scene: Scene) -> None:
    order(scene.work(), policies.change, {"networks.vpn": "deny"})
    vpn = order(scene.work(), conditions.begin, _condition(match={"user": id_of("Cora")}, network="vpn"))
    code = asked(client, scene, phone="+1 415-555-0100")
    for body in ({"email": CORA, "code": "wrong"}, {"phone": "+1 (415) 555 0100", "code": code}):
        answer = client.post("/confirmations", body)
        assert (answer.status_code, code_of(answer)) == (403, "network_blocked")
        assert scene.attempts()[-1].reason == "vpn"
    assert not wrong_entries(scene)
    order(scene.work(), conditions.end, vpn.id)
    assert entered(client, code).status_code == 201


@pytest.mark.rule("B5")
def test_an_offline_contact_gets_no_answer_and_no_code(client: ClientApp, scene: Scene) -> None:
    order(scene.work(), conditions.begin, _condition(match={"user": id_of("Cora")}, network="offline"))
    assert client.post("/confirmation-codes", {"email": CORA}).headers["Connection"] == "close"
    assert not scene.messages()
    assert not scene.attempts()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "email"),
        ({"email": CORA, "phone": NUMBER}, "phone"),
        ({"email": CORA, "channel": "whatsapp"}, "channel"),
        ({"email": ""}, "email"),
        ({"email": "a" * 255}, "email"),
        ({"email": "cora\r\n@example.test"}, "email"),
        ({"email": "\ud800"}, "email"),
        ({"phone": 14155550100}, "phone"),
        ({"email": [CORA, "eve@example.test"]}, "email"),
        ({"email": CORA, "cc": "eve@example.test"}, "cc"),
    ],
)
def test_an_invalid_code_request_is_refused_by_field(client: ClientApp, scene: Scene, body: Any, field: str) -> None:
    answer = client.post("/confirmation-codes", data=json.dumps(body), content_type="application/json")
    assert (answer.status_code, code_of(answer)) == (422, "validation_failed")
    assert [error["field"] for error in answer.get_json()["errors"]] == [field]
    assert not scene.messages()


def test_other_presets_offer_neither_codes_nor_publications(app: Flask, runtime: Runtime) -> None:
    client = ClientApp.of(app, a_sandbox(runtime))
    answers = [
        client.post("/confirmation-codes", {"email": CORA}),
        client.post("/confirmations", {"email": CORA, "code": "123456"}),
        client.get("/publications"),
        client.get("/publications/pub_a"),
        client.call("PUT", "/publications/pub_a/audience/usr_cora"),
    ]
    assert {(answer.status_code, code_of(answer)) for answer in answers} == {(404, "not_offered")}


@pytest.mark.rule("S43")
def test_the_code_stands_in_the_message_and_nowhere_else(client: ClientApp, scene: Scene) -> None:
    answer = client.post("/confirmation-codes", {"email": CORA})
    code = newest_code(scene)
    used = entered(client, code)
    assert code not in answer.text + str(answer.headers) + used.text + str(used.headers)
    for rows in (scene.attempts(), scene.events()):
        assert code not in str(rows)


def _without_channel(body: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in body.items() if name != "channel"}


def _condition(**said: Any) -> ConditionPart:
    return ConditionPart.model_validate(said)


def _time(app: Flask, scene: Scene, path: str, body: dict[str, str]) -> float:
    environ = EnvironBuilder(path=f"/s/{scene.id}/v1{path}", method="POST", json=body).get_environ()
    before = time.thread_time()
    run_wsgi_app(app, environ)
    return time.thread_time() - before
