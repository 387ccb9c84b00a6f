"""A contact portal lived with over HTTP: codes by both channels, pages, visits; and raced for by many."""

from typing import Any

import httpx
import pytest

from tests.journeys.crowds import AT_ONCE, Call, all_at_once, statuses
from tests.journeys.outside import App, Sandbox, make, person, tool_at, world
from tests.support.processes import RunningServer

CORA, ANNA = "cora@example.test", "anna@example.test"
NUMBER = "+14155550100"
SAM = person("Sam Sage", "staff")
CORA_CRANE = person("Cora Crane", "contact", password=None, phones=[{"number": NUMBER, "kind": "sms"}])
ANNA_ALDER = person("Anna Alder", "contact", password=None, opted_out=True)
PAGES = [
    {"id": "welcome", "title": "Welcome", "body": "Hello.", "audience": ["usr_cora"]},
    {"id": "plans", "title": "Plans", "body": "Soon.", "audience": []},
]
PORTAL = world(SAM, CORA_CRANE, ANNA_ALDER) | {"publications": PAGES}


def portal(http: httpx.Client, **wanted: Any) -> Sandbox:
    return make(http, preset="contact-portal", world=PORTAL, **wanted)


def ask(app: App, body: dict[str, str] | None = None, **headers: str) -> httpx.Response:
    answer = app.post("/confirmation-codes", body or {"email": CORA}, **headers)
    assert (answer.status_code, answer.json()) == (202, {"status": "code_sent"}), answer.text
    return answer


def newest_code(sandbox: Sandbox) -> str:
    return str(sandbox.look("/messages/latest", kind="confirmation_code", order="issued")["code"])


def test_a_contact_comes_in_by_either_channel_and_is_recognised(tool: httpx.Client) -> None:
    sandbox = portal(tool)
    with sandbox.app() as cora:
        asked = ask(cora)
        assert sandbox.reason(asked) == "device_not_sent"
        letter = sandbox.mail(CORA)
        assert (letter["channel"], letter["kind"], letter["code_status"]) == ("email", "confirmation_code", "live")
        ask(cora, {"phone": "+1 (415) 555-0100"})
        text = sandbox.look("/messages/latest", to=NUMBER)
        assert (text["channel"], text["code_status"]) == ("sms", "live")
        assert sandbox.look(f"/messages/{letter['id']}")["code_status"] == "superseded"
        older = cora.post("/confirmations", {"email": CORA, "code": letter["code"]})
        assert (older.status_code, older.json()["code"]) == (401, "invalid_code")
        assert sandbox.reason(older) == "superseded_code"
        entered = cora.post("/confirmations", {"email": CORA, "code": text["code"], "publication_id": "welcome"})
        assert entered.status_code == 201
        assert sandbox.look(f"/messages/{text['id']}")["code_status"] == "used"
        cora.http.cookies.clear()
        device = entered.json()["device_token"]
        sandbox.tell("POST", "/clock/advance", {"by": "P364D"})
        known = cora.post("/confirmation-codes", {"phone": NUMBER}, X_Device_Token=device)
        assert known.status_code == 201
        sandbox.tell("POST", "/clock/advance", {"by": "P1D"})
        cora.http.cookies.clear()
        assert sandbox.reason(ask(cora, X_Device_Token=device)) == "device_trust_expired"


def test_an_older_code_that_arrives_last_is_not_the_one(tool: httpx.Client) -> None:
    rule = {"match": {"channel": "sms"}, "disposition": "delayed", "delay": "PT3M"}
    sandbox = portal(tool)
    sandbox.tell("POST", "/delivery-rules", rule)
    with sandbox.app() as cora:
        ask(cora, {"email": CORA, "channel": "sms"})
        ask(cora)
        newest = newest_code(sandbox)
        fired = sandbox.tell("POST", "/clock/advance", {"to_next": True})["fired"]
        assert fired
        late = sandbox.look("/messages/latest", kind="confirmation_code")
        assert (late["channel"], late["code_status"]) == ("sms", "superseded")
        wrong = cora.post("/confirmations", {"phone": NUMBER, "code": late["code"]})
        assert sandbox.reason(wrong) == "superseded_code"
        assert cora.post("/confirmations", {"phone": NUMBER, "code": newest}).status_code == 201


def test_nobody_learns_who_is_a_contact_and_staff_renew_consent(tool: httpx.Client) -> None:
    sandbox = portal(tool)
    with sandbox.app() as anna, sandbox.app() as staff:
        reasons = [
            sandbox.reason(ask(anna, {"email": who}))
            for who in (ANNA, "nobody@example.test", SAM["emails"][0]["address"])
        ]
        assert reasons == ["opted_out", "not_registered", "not_registered"]
        assert staff.sign_in("sam@example.test").status_code == 201
        [withheld] = staff.get("/users/usr_anna/deliveries").json()["data"]
        assert (withheld["disposition"], withheld["reason"]) == ("not_sent", "opted_out")
        assert staff.call("PATCH", "/users/usr_anna", {"opted_out": False}).status_code == 200
        ask(anna, {"email": ANNA})
        entered = anna.post("/confirmations", {"email": ANNA, "code": newest_code(sandbox)})
        assert entered.status_code == 201


def test_the_right_code_opens_no_page_that_is_not_published(tool: httpx.Client) -> None:
    sandbox = portal(tool)
    with sandbox.app() as cora, sandbox.app() as staff:
        ask(cora)
        refused = cora.post("/confirmations", {"email": CORA, "code": newest_code(sandbox), "publication_id": "plans"})
        assert (refused.status_code, refused.json()["code"]) == (403, "not_published")
        assert sandbox.reason(refused) == "not_published"
        cora.token = refused.json()["session"]["access_token"]
        cora.http.cookies.clear()
        assert cora.get("/publications/plans").status_code == 403
        staff.sign_in("sam@example.test")
        assert staff.call("PUT", "/publications/plans/audience/usr_cora").status_code == 204
        assert cora.get("/publications/plans").json()["body"] == "Soon."


def test_an_incognito_contact_needs_a_code_at_every_visit(tool: httpx.Client) -> None:
    sandbox = portal(tool)
    sandbox.tell("POST", "/conditions", {"match": {"user": "usr_cora"}, "cookies": "incognito"})
    with sandbox.app() as cora:
        ask(cora)
        entered = cora.post("/confirmations", {"email": CORA, "code": newest_code(sandbox)})
        cora.token, device = entered.json()["session"]["access_token"], entered.json()["device_token"]
        sandbox.tell("POST", "/clock/advance", {"by": "PT29M"})
        assert cora.get("/publications/welcome").status_code == 200
        sandbox.tell("POST", "/clock/advance", {"by": "PT30M"})
        gone = cora.get("/publications/welcome")
        assert (gone.status_code, sandbox.reason(gone)) == (401, "visit_ended")
        cora.token = None
        cora.http.cookies.clear()
        assert sandbox.reason(ask(cora, X_Device_Token=device)) == "cookies_incognito"


@pytest.fixture
def raced(two_workers: RunningServer) -> Any:
    with tool_at(two_workers.url) as http:
        yield portal(http)


@pytest.mark.slow
def test_a_code_is_used_once(raced: Sandbox) -> None:
    with raced.app() as cora:
        ask(cora)
    entry = {"email": CORA, "code": newest_code(raced)}
    answers = all_at_once(raced, [Call("POST", "/confirmations", entry)] * AT_ONCE)
    assert statuses(answers) == {201: 1, 401: AT_ONCE - 1}
    assert {answer.json()["code"] for answer in answers if answer.status_code == 401} == {"invalid_code"}
    lost = [answer for answer in answers if answer.status_code == 401]
    assert {raced.reason(answer) for answer in lost} <= {"used_code", "too_many_code_attempts"}
    with raced.app() as cora:
        ask(cora)
        entered = cora.post("/confirmations", {"email": CORA, "code": newest_code(raced)})
        assert entered.status_code == 201, "the race left nobody locked"
        cora.token = entered.json()["session"]["access_token"]
        assert len(cora.get("/me/sessions").json()["data"]) == 2


@pytest.mark.slow
def test_of_codes_asked_for_at_once_the_newest_alone_works(raced: Sandbox) -> None:
    bodies = [{"email": CORA, "channel": "sms" if number % 2 else "email"} for number in range(AT_ONCE)]
    answers = all_at_once(raced, [Call("POST", "/confirmation-codes", body) for body in bodies])
    assert statuses(answers) == {202: AT_ONCE}
    messages = raced.look("/messages", kind="confirmation_code", limit=200)["data"]
    assert [message["code_status"] for message in messages] == ["superseded"] * (AT_ONCE - 1) + ["live"]
    with raced.app() as cora:
        dead = cora.post("/confirmations", {"email": CORA, "code": messages[0]["code"]})
        assert raced.reason(dead) == "superseded_code"
        assert cora.post("/confirmations", {"email": CORA, "code": messages[-1]["code"]}).status_code == 201


@pytest.mark.slow
def test_guesses_at_once_are_counted_before_any_is_judged(raced: Sandbox) -> None:
    with raced.app() as cora:
        ask(cora)
    right = int(newest_code(raced))
    guesses = [f"{(right + number + 1) % 10**6:06d}" for number in range(AT_ONCE)]
    answers = all_at_once(raced, [Call("POST", "/confirmations", {"email": CORA, "code": guess}) for guess in guesses])
    assert statuses(answers) == {401: AT_ONCE}
    reasons = [raced.reason(answer) for answer in answers]
    assert set(reasons) <= {"wrong_code", "too_many_code_attempts"}
    assert reasons.count("wrong_code") == 15
    with raced.app() as cora:
        locked = cora.post("/confirmations", {"email": CORA, "code": f"{right:06d}"})
        assert raced.reason(locked) == "too_many_code_attempts"
        raced.tell("POST", "/clock/advance", {"by": "PT1H"})
        ask(cora)
        assert cora.post("/confirmations", {"email": CORA, "code": newest_code(raced)}).status_code == 201
