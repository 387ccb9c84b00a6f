"""Invited, activated, signed in, refused for everything one can mistype, reset: and every step can be seen."""

import httpx

from tests.journeys.outside import ENTRIES, MORNING, PASSWORD, App, Sandbox, invite, make

ADA = "ada@example.test"
OTHER = "another fine password"


def test_the_whole_story(tool: httpx.Client) -> None:
    sandbox = make(tool)
    with sandbox.owner() as owner, sandbox.app() as ada:
        assert invite(owner, "Ada Ash", ADA).status_code == 201
        invited_only(sandbox, ada)
        activate(sandbox, ada)
        mistype(sandbox, ada)
        come_and_go(sandbox, ada)
        forget_the_password(sandbox, ada)
    every_step_is_seen(sandbox)


def invited_only(sandbox: Sandbox, ada: App) -> None:
    """Nothing works before the invitation is followed, and the public answer never says why."""
    refused = ada.sign_in(ADA)
    assert (refused.status_code, refused.json()["code"]) == (401, "invalid_credentials")
    assert sandbox.reason(refused) == "not_activated"
    asked = ada.post("/password-resets", {"identifier": ADA})
    assert (asked.status_code, sandbox.reason(asked)) == (202, "not_activated")
    [withheld] = sandbox.look("/messages", to=ADA, kind="password_reset")["data"]
    assert (withheld["disposition"], withheld["reason"], withheld["token"]) == ("not_sent", "not_activated", None)


def activate(sandbox: Sandbox, ada: App) -> None:
    mail = sandbox.mail(ADA)
    assert (mail["kind"], mail["to"], mail["code_status"]) == ("activation", ADA, "live")
    assert mail["link"] in mail["text"]
    assert mail["link"].endswith(mail["token"])
    path = f"/invitations/{mail['token']}"
    assert ada.get(path).json()["email"] == ADA
    for entries, field, code in (
        ({"password": "seven77", "password_confirmation": "seven77"}, "password", "too_short"),
        (ENTRIES | {"password_confirmation": PASSWORD + "!"}, "password_confirmation", "mismatch"),
        (ENTRIES | {"whatsapp_number": "none"}, "whatsapp_number", "invalid"),
    ):
        refused = ada.post(f"{path}/acceptance", entries)
        assert refused.status_code == 422
        assert [(error["field"], error["code"]) for error in refused.json()["errors"]] == [(field, code)]
    accepted = ada.post(f"{path}/acceptance", ENTRIES | {"whatsapp_number": "+1 415 555 0100"})
    assert (accepted.status_code, accepted.json()["status"]) == (201, "activated")
    assert ada.get("/session").status_code == 401
    used = ada.post(f"{path}/acceptance", ENTRIES)
    assert (used.status_code, sandbox.reason(used)) == (410, "link_used")
    for token, reason in ((mail["token"][:-2], "link_damaged"), ("nonsense", "link_damaged")):
        refused = ada.get(f"/invitations/{token}")
        assert (refused.status_code, sandbox.reason(refused)) == (410, reason)


def mistype(sandbox: Sandbox, ada: App) -> None:
    """One public answer for everything that can be typed wrong; the truth of each is the tester's."""
    answered = set()
    for identifier, password, reason in (
        ("eda@example.test", PASSWORD, "unknown_identifier"),
        ("ada", PASSWORD, "unknown_identifier"),
        ("", "", "unknown_identifier"),
        (ADA, "something else", "wrong_password"),
        (ADA, PASSWORD.upper(), "wrong_case"),
        ("Ada@Example.test", PASSWORD, "wrong_case"),
        (ADA, f"{PASSWORD} ", "extra_space"),
        (ADA, PASSWORD.replace(" ", ""), "extra_space"),
        (f" {ADA}", PASSWORD, "extra_space"),
    ):
        refused = ada.sign_in(identifier, password)
        assert sandbox.reason(refused) == reason, (identifier, password)
        answered.add((refused.status_code, refused.content))
    assert len(answered) == 1


def come_and_go(sandbox: Sandbox, ada: App) -> None:
    signed_in = ada.sign_in(ADA)
    assert signed_in.status_code == 201
    assert signed_in.json()["session"]["client"] == "web"
    assert ada.get("/me").json()["phones"] == [{"number": "+14155550100", "kind": "whatsapp"}]
    for path in ("/conversations", "/campaigns", "/automations", "/settings", "/reports"):
        assert ada.get(path).status_code == 200
    forbidden = ada.get("/users")
    assert (forbidden.status_code, forbidden.json()["permission"]) == (403, "users.read")
    assert sandbox.reason(forbidden) == "missing_permission"
    assert ada.call("DELETE", "/session").status_code == 204
    over = ada.get("/session")
    assert (over.status_code, sandbox.reason(over)) == (401, "signed_out")


def forget_the_password(sandbox: Sandbox, ada: App) -> None:
    ada.sign_in(ADA)
    for _ in range(2):
        assert ada.post("/password-resets", {"identifier": ADA.upper()}).status_code == 202
    older, newest = sandbox.look("/messages", to=ADA, kind="password_reset")["data"][-2:]
    assert (older["code_status"], newest["code_status"], newest["to"]) == ("superseded", "live", ADA)
    superseded = ada.get(f"/password-resets/{older['token']}")
    assert (superseded.status_code, sandbox.reason(superseded)) == (410, "link_superseded")
    path = f"/password-resets/{newest['token']}"
    assert ada.get(path).json()["status"] == "usable"
    assert ada.call("PUT", path, {"password": OTHER, "password_confirmation": PASSWORD}).status_code == 422
    assert ada.call("PUT", path, {"password": OTHER, "password_confirmation": OTHER}).status_code == 204
    over = ada.get("/session")
    assert (over.status_code, sandbox.reason(over)) == (401, "password_reset")
    again = ada.call("PUT", path, ENTRIES)
    assert (again.status_code, sandbox.reason(again)) == (410, "link_used")
    assert sandbox.mail(ADA)["kind"] == "notice"
    assert sandbox.reason(ada.sign_in(ADA)) == "wrong_password"
    assert ada.sign_in(ADA, OTHER).status_code == 201


def every_step_is_seen(sandbox: Sandbox) -> None:
    attempts = sandbox.look("/attempts", limit=200)["data"]
    outcomes = [(attempt["operation"], attempt["outcome"]) for attempt in attempts]
    story = [
        ("sign_in", "succeeded"),
        ("sign_in", "refused"),
        ("request_password_reset", "refused"),
        ("accept_invitation", "refused"),
        ("accept_invitation", "succeeded"),
        ("sign_in", "succeeded"),
        ("show_session", "refused"),
        ("request_password_reset", "succeeded"),
        ("use_password_reset", "succeeded"),
        ("sign_in", "succeeded"),
    ]
    rest = iter(outcomes)
    assert all(step in rest for step in story), outcomes
    events = sandbox.look("/events", limit=200)["data"]
    happened = {event["what"] for event in events if event["outcome"] in {"done", "succeeded"}}
    assert {"user.invite", "user.activate", "sign_in", "session.end", "password_reset.use"} <= happened
    assert {event["at"] for event in events} == {MORNING}
    assert len({event["id"] for event in events}) == len(events)
    written = str(events) + str(attempts)
    for secret in (PASSWORD, OTHER, sandbox.mail(ADA, kind="password_reset")["token"], sandbox.first["password"]):
        assert secret not in written
