"""Support requests over HTTP: the sender learns nothing, staff see what was reported beside what happened."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from logindrill.work.runtime import Runtime
from logindrill.world.document import EmailPart, SecondFactorPart
from tests.api.requesting import a_company
from tests.support.control import ControlTool
from tests.support.doors import ClientApp, code_of
from tests.support.people import address_of, id_of, password_of, person
from tests.support.scenes import MORNING, Scene, a_sandbox

INCORRECT = "The e-mail address or password is incorrect."


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_company(runtime)


def send(client: ClientApp, email: str, **report: Any) -> str:
    answer = client.post("/support-requests", {"email": email, **report})
    assert answer.status_code == 201, answer.text
    assert set(answer.get_json()) == {"id"}
    return str(answer.get_json()["id"])


def shown(client: ClientApp, request_id: str) -> dict[str, Any]:
    answer = client.get(f"/support-requests/{request_id}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


@pytest.mark.rule("A36", "A37", "A38", "A39", "A40")
def test_what_was_reported_stands_beside_what_happened(scene: Scene, nobody: ClientApp, olga: ClientApp) -> None:
    scene.signed_in("Ben")
    scene.wait(timedelta(hours=12))
    refused = nobody.sign_in("Ben", password="secret of ben")
    sent = send(
        nobody,
        address_of("Ben"),
        error_message=f"It says: {INCORRECT}",
        last_signed_in="2026-02-20",
        steps_tried=["typed it again", "cleared the cache"],
    )
    card = shown(olga, sent)
    assert (card["user_id"], card["sender"], card["differences"]) == (id_of("Ben"), None, ["last_signed_in"])
    assert card["reported"] == {
        "error_message": f"It says: {INCORRECT}",
        "last_signed_in": "2026-02-20",
        "steps_tried": ["typed it again", "cleared the cache"],
        "attempt_id": None,
    }
    recorded = card["recorded"]
    assert recorded["attempt_id"] == refused.headers["X-Attempt-Id"]
    assert (recorded["error_message"], recorded["code"], recorded["status"]) == (INCORRECT, "invalid_credentials", 401)
    assert recorded["reason"] == "wrong_case"
    assert recorded["last_signed_in"] == f"{MORNING:%Y-%m-%dT%H:%M:%SZ}"
    assert "A7" in recorded["rule_ids"]
    assert [remedy["code"] for remedy in recorded["remedies"]] == ["retype_password"]


def shown_to_sender(answer: TestResponse) -> tuple[int, int, tuple[str, ...], bool]:
    return answer.status_code, len(answer.data), tuple(answer.headers.keys()), "X-Attempt-Id" in answer.headers


@pytest.mark.rule("A36", "S21")
def test_the_answer_is_equal_for_every_address(nobody: ClientApp, olga: ClientApp) -> None:
    nobody.sign_in("Cleo")
    addresses = [address_of("Ben"), address_of("Cleo"), "nobody@example.test", "no address at all"]
    answers = {shown_to_sender(nobody.post("/support-requests", {"email": address})) for address in addresses}
    assert len(answers) == 1


def test_staff_see_a_cause_that_the_public_answer_hides(scene: Scene, nobody: ClientApp, olga: ClientApp) -> None:
    nobody.sign_in("Cleo")
    card = shown(olga, send(nobody, address_of("Cleo")))
    assert (card["recorded"]["reason"], card["recorded"]["remedies"][0]["who"]) == ("deactivated", "owner or admin")


def test_the_attempt_is_that_of_the_request_even_if_more_follow(nobody: ClientApp, olga: ClientApp) -> None:
    nobody.sign_in("Ben", password="wrong one")
    sent = send(nobody, address_of("Ben"))
    nobody.sign_in("Ben", password="secret of ben")
    assert shown(olga, sent)["recorded"]["reason"] == "wrong_password"


def test_a_sender_may_name_an_attempt_of_their_own_only(scene: Scene, nobody: ClientApp, olga: ClientApp) -> None:
    first = nobody.sign_in("Ben", password="secret of ben").headers["X-Attempt-Id"]
    nobody.sign_in("Ben", password="wrong one")
    foreign = nobody.sign_in("Cleo").headers["X-Attempt-Id"]
    own = shown(olga, send(nobody, address_of("Ben"), attempt_id=first))
    other = shown(olga, send(nobody, address_of("Ben"), attempt_id=foreign))
    assert (own["recorded"]["reason"], other["recorded"]["reason"]) == ("wrong_case", "wrong_password")


@pytest.mark.rule("A37")
def test_an_address_that_nobody_holds_is_helped_too(nobody: ClientApp, olga: ClientApp) -> None:
    nobody.post("/sign-ins", {"identifier": "bem@example.test", "password": password_of("Ben")})
    card = shown(olga, send(nobody, "bem@example.test"))
    assert (card["user_id"], card["recorded"]["reason"]) == (None, "unknown_identifier")


@pytest.mark.rule("A37", "rule-10")
@pytest.mark.parametrize(
    ("tried", "written"),
    [
        ("bem@example.test", " BEM@example.test "),
        ("BEM@EXAMPLE.TEST", "bem@example.test\u200b"),
        ("bem@m\u00fcller.test", "bem@xn--mller-kva.test"),
        ("+1 415 555-0199", "tel:+14155550199"),
    ],
)
def test_an_address_that_nobody_holds_is_recognised_in_every_spelling(
    nobody: ClientApp, olga: ClientApp, tried: str, written: str
) -> None:
    attempt_id = nobody.post("/sign-ins", {"identifier": tried, "password": "any"}).headers["X-Attempt-Id"]
    nobody.post("/sign-ins", {"identifier": "somebody@example.test", "password": "any"})
    assert shown(olga, send(nobody, written))["recorded"]["attempt_id"] == attempt_id
    named = shown(olga, send(nobody, written, attempt_id=attempt_id))
    assert named["recorded"]["attempt_id"] == attempt_id


@pytest.mark.rule("rule-7")
def test_staff_see_the_same_remedies_as_testers(app: Flask, scene: Scene, olga: ClientApp) -> None:
    nobody, tool = ClientApp.of(app, scene), ControlTool.of(app, scene)
    attempt_id = nobody.sign_in("Cleo").headers["X-Attempt-Id"]
    offered = tool.get(f"/attempts/{attempt_id}")["remedies"]
    report = olga.get(f"/users/{id_of('Cleo')}/support-report").get_json()
    for recorded in (shown(olga, send(nobody, address_of("Cleo")))["recorded"], report["recorded"]):
        assert [(one["code"], one["who"], one["side_effects"]) for one in recorded["remedies"]] == [
            (one["code"], one["who"], one["side_effects"]) for one in offered
        ]
    assert [one["code"] for one in offered] == ["reactivate"]


def test_staff_see_requests_of_their_own_company(app: Flask, scene: Scene, nobody: ClientApp, olga: ClientApp) -> None:
    otto = ClientApp.of(app, scene, token=scene.signed_in("Otto"))
    of_ben, of_nobody = send(nobody, address_of("Ben")), send(nobody, "nobody@example.test")
    of_olga = send(olga, "somebody@example.test")
    seen = [[entry["id"] for entry in staff.get("/support-requests").get_json()["data"]] for staff in (olga, otto)]
    assert seen == [[of_ben, of_nobody, of_olga], [of_nobody]]
    assert otto.get(f"/support-requests/{of_ben}").status_code == 404
    assert otto.get(f"/support-requests?after={of_ben}").status_code == 422
    assert olga.get(f"/support-requests/{of_ben}x").status_code == 404
    assert [entry["id"] for entry in olga.get(f"/support-requests?after={of_ben}&limit=1").get_json()["data"]] == [
        of_nobody
    ]


def test_reading_needs_the_permission(app: Flask, scene: Scene, nobody: ClientApp) -> None:
    ben = ClientApp.of(app, scene, token=scene.signed_in("Ben"))
    sent = send(ben, address_of("Ben"))
    for path in ("/support-requests", f"/support-requests/{sent}", f"/users/{id_of('Ben')}/support-report"):
        answer = ben.get(path)
        assert (answer.status_code, answer.get_json()["permission"]) == (403, "diagnosis.read")
        assert nobody.get(path).status_code == 401


@pytest.mark.rule("C16")
def test_the_request_knows_who_writes(app: Flask, runtime: Runtime) -> None:
    scene = a_sandbox(
        runtime,
        person("Paula Pine", "professional"),
        person("Sue Sage", "support", company="co_platform"),
        person("Carl Crab", "customer"),
        preset="customer-app",
    )
    paula, sue = (ClientApp.of(app, scene, token=scene.signed_in(name)) for name in ("Paula", "Sue"))
    card = shown(sue, send(paula, address_of("Carl")))
    assert card["user_id"] == id_of("Carl")
    assert card["sender"] == {"user_id": id_of("Paula"), "name": "Paula Pine", "roles": ["professional"]}


def test_a_dead_session_is_no_hindrance_to_asking_for_help(app: Flask, scene: Scene, olga: ClientApp) -> None:
    sent = send(ClientApp.of(app, scene, token="mock_long_gone"), address_of("Ben"))
    assert shown(olga, sent)["sender"] is None


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "email"),
        ({"email": ""}, "email"),
        ({"email": "ben@example.test\n"}, "email"),
        ({"email": "b", "error_message": "x" * 2001}, "error_message"),
        ({"email": "b", "steps_tried": ["x"] * 51}, "steps_tried"),
        ({"email": "b", "user_id": "usr_ben"}, "user_id"),
    ],
)
def test_what_cannot_be_reported(nobody: ClientApp, body: dict[str, Any], field: str) -> None:
    answer = nobody.post("/support-requests", body)
    assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (422, field)


def test_a_deleted_person_leaves_no_words_in_a_request(nobody: ClientApp, olga: ClientApp) -> None:
    sent = send(nobody, address_of("Ben"), error_message="Ben Birch cannot get in")
    assert olga.call("DELETE", f"/users/{id_of('Ben')}").status_code == 204
    assert olga.get(f"/support-requests/{sent}").status_code == 404


def test_the_report_of_a_person_says_what_changed_since_they_got_in(app: Flask, runtime: Runtime) -> None:
    scene = a_sandbox(
        runtime,
        person("Paula Pine", "professional"),
        person("Carl Crab", "customer", username="carl", emails=[EmailPart(address="carl@example.test")]),
        preset="customer-app",
    )
    paula = ClientApp.of(app, scene, token=scene.signed_in("Paula"))
    scene.signed_in("Carl")
    secondary = {"address": "carl@example.test", "kind": "secondary"}
    assert paula.call("PATCH", f"/users/{id_of('Carl')}", {"emails": [secondary]}).status_code == 200
    ClientApp.of(app, scene).sign_in("Carl")
    sent = send(paula, address_of("Carl"))
    report = paula.get(f"/users/{id_of('Carl')}/support-report").get_json()
    assert report["user"]["id"] == id_of("Carl")
    assert report["recorded"]["reason"] == "secondary_address"
    assert report["recorded"]["last_signed_in"] == f"{MORNING:%Y-%m-%dT%H:%M:%SZ}"
    assert [(change["event"], change["actor"]) for change in report["changed_since"]] == [
        ("user.change", id_of("Paula"))
    ]
    assert report["support_requests"] == [sent]


def test_the_report_of_somebody_elses_people_is_unknown(app: Flask, scene: Scene) -> None:
    otto = ClientApp.of(app, scene, token=scene.signed_in("Otto"))
    assert code_of(otto.get(f"/users/{id_of('Ben')}/support-report")) == "not_found"


def test_nothing_recorded_is_said_so(nobody: ClientApp, olga: ClientApp) -> None:
    card = shown(olga, send(nobody, address_of("Ben"), error_message=INCORRECT, last_signed_in="2026-03-01"))
    assert card["recorded"]["reason"] is None
    assert card["differences"] == ["error_message", "last_signed_in"]


def test_a_remedy_warns_only_of_what_the_person_would_feel(app: Flask, runtime: Runtime) -> None:
    factor = SecondFactorPart(method="second_password", second_password="Second of the two")
    scene = a_sandbox(
        runtime,
        person("Olga Oak", "owner"),
        person("Cleo Cedar", status="deactivated"),
        person("Cora Clay", status="deactivated", second_factor=factor),
    )
    olga = ClientApp.of(app, scene, token=scene.signed_in("Olga"))
    nobody = ClientApp.of(app, scene)
    for name, felt in (("Cleo", []), ("Cora", ["the next sign-in asks for the second factor again"])):
        nobody.sign_in(name)
        recorded = shown(olga, send(nobody, address_of(name)))["recorded"]
        assert recorded["remedies"][0]["side_effects"] == felt
