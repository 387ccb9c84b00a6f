"""A second factor lived with over HTTP: asked, delayed, guessed at, trusted, replaced; and raced for by many."""

from datetime import datetime
from typing import Any

import httpx
import pyotp
import pytest

from tests.journeys.crowds import AT_ONCE, Call, all_at_once, statuses
from tests.journeys.outside import ENTRIES, PASSWORD, App, Sandbox, invite, make, person, tool_at, world
from tests.support.processes import RunningServer

ADA, BEN, CLEO = "ada@example.test", "ben@example.test", "cleo@example.test"
NUMBER, OTHER_NUMBER = "+1 415 555 0100", "+1 415 555 0199"
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
SECOND_PASSWORD = "the second one"
ADA_WITH_WHATSAPP = person("Ada Ash", "owner", phones=[{"number": NUMBER}], second_factor={"method": "whatsapp_otp"})
BEN_WITH_SECOND_PASSWORD = person(
    "Ben Birch", second_factor={"method": "second_password", "second_password": SECOND_PASSWORD}
)
CLEO_WITH_APP = person("Cleo Cedar", second_factor={"method": "totp", "secret": SECRET})


def waits(app: App, identifier: str, **more: Any) -> str:
    """The path of a sign-in that waits for its second step."""
    body = {"identifier": identifier, "password": PASSWORD, **more.pop("body", {})}
    answer = app.post("/sign-ins", body, **more)
    assert (answer.status_code, answer.json()["status"]) == (200, "second_factor_required"), answer.text
    return f"/sign-ins/{answer.json()['sign_in_id']}"


def newest_code(sandbox: Sandbox) -> str:
    return str(sandbox.look("/messages/latest", kind="second_factor_code", order="issued")["code"])


def ask(app: App, path: str, phone: str = NUMBER) -> httpx.Response:
    answer = app.post(f"{path}/otp", {"phone": phone})
    assert (answer.status_code, answer.json()) == (202, {"status": "code_sent"})
    return answer


def shown(sandbox: Sandbox, secret: str = SECRET) -> str:
    """What an authenticator app shows by the sandbox's clock."""
    now = sandbox.look("/clock")["now"]
    return pyotp.TOTP(secret).at(datetime.fromisoformat(now))


def test_from_the_invitation_to_the_thirty_first_day(tool: httpx.Client) -> None:
    sandbox = make(tool)
    with sandbox.owner() as owner, sandbox.app() as ada:
        invite(owner, "Ada Ash", ADA)
        token = sandbox.mail(ADA)["token"]
        chosen = ENTRIES | {"whatsapp_number": NUMBER, "second_factor": {"method": "whatsapp_otp"}}
        accepted = ada.post(f"/invitations/{token}/acceptance", chosen)
        assert accepted.json()["user"]["second_factor"] == {"method": "whatsapp_otp"}

        path = waits(ada, ADA)
        wrong = ask(ada, path, OTHER_NUMBER)
        assert sandbox.reason(wrong) == "phone_mismatch"
        sent = ask(ada, path, "0014155550100")
        assert sandbox.look(f"/attempts/{sent.headers['X-Attempt-Id']}")["outcome"] == "succeeded"
        entered = ada.post(f"{path}/second-factor", {"code": newest_code(sandbox)})
        assert entered.status_code == 201
        device = entered.json()["device_token"]

        for days, asked in (("P29D", False), ("PT23H59M59S", False), ("PT1S", True)):
            sandbox.tell("POST", "/clock/advance", {"by": days})
            ada.http.cookies.clear()
            answer = ada.post("/sign-ins", {"identifier": ADA, "password": PASSWORD}, X_Device_Token=device)
            assert answer.status_code == (200 if asked else 201), days
        assert sandbox.reason(answer) == "device_trust_expired"
    events = [event["what"] for event in sandbox.look("/events", limit=200)["data"]]
    assert {"user.activate", "sign_in.code", "sign_in.second_factor", "device.trust"} <= set(events)


def test_a_code_that_takes_three_minutes_still_works_and_an_older_one_does_not(tool: httpx.Client) -> None:
    sandbox = make(tool, world=world(ADA_WITH_WHATSAPP), policy={"otp.delay": "PT3M"})
    with sandbox.app() as ada:
        path = waits(ada, ADA)
        ask(ada, path)
        waiting = sandbox.http.get(f"/control/v1/sandboxes/{sandbox.made['id']}/messages/latest")
        assert waiting.status_code == 404
        fired = sandbox.tell("POST", "/clock/advance", {"by": "PT3M"})["fired"]
        assert [event["what"] for event in fired] == ["message_arrives"]
        older = newest_code(sandbox)
        ask(ada, path)
        refused = ada.post(f"{path}/second-factor", {"code": older})
        assert (refused.status_code, refused.json()["code"]) == (401, "invalid_second_factor")
        assert sandbox.reason(refused) == "superseded_code"
        sandbox.tell("POST", "/clock/advance", {"by": "PT3M"})
        states = [message["code_status"] for message in sandbox.look("/messages")["data"]]
        assert states == ["superseded", "live"]
        assert ada.post(f"{path}/second-factor", {"code": newest_code(sandbox)}).status_code == 201
    assert [message["code_status"] for message in sandbox.look("/messages")["data"]] == ["superseded", "used"]


def test_guessing_ends_first_the_code_and_then_every_code(tool: httpx.Client) -> None:
    sandbox = make(tool, world=world(ADA_WITH_WHATSAPP))
    with sandbox.app() as ada:
        path = waits(ada, ADA)
        for _ in range(3):
            ask(ada, path)
            code = newest_code(sandbox)
            for wrong in range(1, 6):
                guess = f"{(int(code) + wrong) % 1_000_000:06d}"
                assert ada.post(f"{path}/second-factor", {"code": guess}).status_code == 401
            ended = ada.post(f"{path}/second-factor", {"code": code})
            assert sandbox.reason(ended) == "too_many_code_attempts"
        assert sandbox.reason(ask(ada, path)) == "too_many_code_attempts"
        sandbox.tell("POST", "/clock/advance", {"by": "PT1H"})
        path = waits(ada, ADA)
        ask(ada, path)
        assert ada.post(f"{path}/second-factor", {"code": newest_code(sandbox)}).status_code == 201


def test_an_authenticator_replaces_a_second_password_with_fresh_proof_only(tool: httpx.Client) -> None:
    sandbox = make(tool, world=world(person("Ada Ash", "owner"), BEN_WITH_SECOND_PASSWORD))
    with sandbox.app() as ben, sandbox.app() as elsewhere:
        for app in (elsewhere, ben):
            path = waits(app, BEN)
            entered = app.post(f"{path}/second-factor", {"second_password": SECOND_PASSWORD})
            app.token = entered.json()["session"]["access_token"]
        device = entered.json()["device_token"]
        sandbox.tell("POST", "/clock/advance", {"by": "PT5M"})
        wanted = {"current_password": PASSWORD, "method": "totp"}
        stale = ben.call("PUT", "/me/second-factor", wanted)
        assert (stale.status_code, stale.json()["code"]) == (403, "reauthentication_required")

        ben.token = None
        path = waits(ben, BEN, body={"ask_second_factor": True}, X_Device_Token=device)
        entered = ben.post(f"{path}/second-factor", {"second_password": SECOND_PASSWORD})
        ben.token = entered.json()["session"]["access_token"]
        secret = ben.call("PUT", "/me/second-factor", wanted).json()["secret"]
        confirmed = ben.post("/me/second-factor/confirmation", {"code": shown(sandbox, secret)})
        assert confirmed.json() == {"method": "totp", "status": "active"}
        assert ben.get("/session").status_code == 200
        assert sandbox.reason(elsewhere.get("/session")) == "factor_changed"
        assert sandbox.mail(BEN)["subject"] == "Your second factor was set up"
        assert ben.get("/me/devices").json()["data"] == []


# Many at once, against two workers


@pytest.fixture
def crowded(two_workers: RunningServer) -> Any:
    people = world(ADA_WITH_WHATSAPP, BEN_WITH_SECOND_PASSWORD, CLEO_WITH_APP)
    with tool_at(two_workers.url) as http:
        yield make(http, world=people)


@pytest.mark.slow
def test_a_code_lets_in_once(crowded: Sandbox) -> None:
    with crowded.app() as ada:
        path = waits(ada, ADA)
        ask(ada, path)
        entry = Call("POST", f"{path}/second-factor", {"code": newest_code(crowded)})
        answers = all_at_once(crowded, [entry] * AT_ONCE)
    assert set(statuses(answers)) <= {201, 401, 410}
    assert statuses(answers)[201] == 1
    devices = [answer.json()["device_token"] for answer in answers if answer.status_code == 201]
    assert len(devices) == 1


@pytest.mark.slow
def test_an_authenticators_code_lets_one_of_many_sign_ins_in(crowded: Sandbox) -> None:
    with crowded.app() as cleo:
        paths = [waits(cleo, CLEO) for _ in range(AT_ONCE)]
    entry = {"code": shown(crowded)}
    answers = all_at_once(crowded, [Call("POST", f"{path}/second-factor", entry) for path in paths])
    assert set(statuses(answers)) <= {201, 401}
    assert statuses(answers)[201] == 1


@pytest.mark.slow
def test_parallel_guesses_slip_past_no_limit(crowded: Sandbox) -> None:
    with crowded.app() as ada:
        path = waits(ada, ADA)
        ask(ada, path)
        code = newest_code(crowded)
        guesses = [f"{(int(code) + number) % 1_000_000:06d}" for number in range(1, AT_ONCE)]
        entries = [Call("POST", f"{path}/second-factor", {"code": guess}) for guess in guesses]
        assert statuses(all_at_once(crowded, entries)) == {401: AT_ONCE - 1}
        ended = ada.post(f"{path}/second-factor", {"code": code})
        assert crowded.reason(ended) == "too_many_code_attempts"
    reasons = [attempt["reason"] for attempt in crowded.look("/attempts", limit=200)["data"]]
    assert reasons.count("wrong_code") == 15


@pytest.mark.slow
def test_of_codes_asked_for_at_once_the_newest_is_the_only_one_that_works(crowded: Sandbox) -> None:
    with crowded.app() as ada:
        path = waits(ada, ADA)
        asked = all_at_once(crowded, [Call("POST", f"{path}/otp", {"phone": NUMBER})] * AT_ONCE)
        assert statuses(asked) == {202: AT_ONCE}
        messages = crowded.look("/messages", limit=200)["data"]
        assert [message["code_status"] for message in messages] == ["superseded"] * (AT_ONCE - 1) + ["live"]
        for message in messages[-5:-1]:
            refused = ada.post(f"{path}/second-factor", {"code": message["code"]})
            assert crowded.reason(refused) == "superseded_code"
        assert ada.post(f"{path}/second-factor", {"code": messages[-1]["code"]}).status_code == 201
