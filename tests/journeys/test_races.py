"""Many at once, against two worker processes: exactly one wins what can be won once."""

from collections import Counter
from typing import Any

import pytest

from tests.journeys.crowds import AT_ONCE, Call, all_at_once, statuses
from tests.journeys.outside import ENTRIES, PASSWORD, Sandbox, invite, make, person, tool_at, world
from tests.support.processes import RunningServer


@pytest.fixture
def sandbox(two_workers: RunningServer) -> Any:
    people = world(person("Ada Ash", "owner"), person("Ben Birch", status="invited", password=None))
    with tool_at(two_workers.url) as http:
        yield make(http, world=people)


@pytest.mark.rule("S2")
def test_an_invitation_is_accepted_once(sandbox: Sandbox) -> None:
    path = f"/invitations/{sandbox.mail('ben@example.test')['token']}/acceptance"
    passwords = [f"password number {number}" for number in range(AT_ONCE)]
    answers = all_at_once(
        sandbox, [Call("POST", path, {"password": word, "password_confirmation": word}) for word in passwords]
    )
    assert statuses(answers) == {201: 1, 410: AT_ONCE - 1}
    assert {answer.json()["code"] for answer in answers if answer.status_code == 410} == {"link_unusable"}
    winner = next(word for word, answer in zip(passwords, answers, strict=True) if answer.status_code == 201)
    with sandbox.app() as ben:
        assert [ben.sign_in("ben@example.test", word).status_code for word in passwords if word != winner][:3] == [
            401
        ] * 3
        assert ben.sign_in("ben@example.test", winner).status_code == 201
    events = sandbox.look("/events", limit=200)["data"]
    assert len([event for event in events if event["what"] == "user.activate"]) == 1


@pytest.mark.slow
def test_a_reset_link_is_used_once(sandbox: Sandbox) -> None:
    with sandbox.app() as ada:
        ada.post("/password-resets", {"identifier": "ada@example.test"})
        path = f"/password-resets/{sandbox.mail('ada@example.test')['token']}"
        answers = all_at_once(sandbox, [Call("PUT", path, ENTRIES)] * AT_ONCE)
        assert statuses(answers) == {204: 1, 410: AT_ONCE - 1}
        lost = [answer for answer in answers if answer.status_code == 410]
        assert {sandbox.reason(answer) for answer in lost[:5]} == {"link_used"}
        assert ada.sign_in("ada@example.test").status_code == 201
    notices = sandbox.look("/messages", to="ada@example.test", kind="notice")["data"]
    assert len(notices) == 1


@pytest.mark.slow
def test_an_address_is_taken_once(sandbox: Sandbox) -> None:
    with sandbox.app() as ada:
        ada.sign_in("ada@example.test")
        bodies = [
            {"name": f"Cleo {number}", "role": "member", "emails": [{"address": f"c{'Ll'[number % 2]}eo@example.test"}]}
            for number in range(AT_ONCE)
        ]
        answers = all_at_once(sandbox, [Call("POST", "/users", body, ada.token) for body in bodies])
        assert statuses(answers) == {201: 1, 409: AT_ONCE - 1}
        assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"email_taken"}
        people = ada.get("/users?limit=200").json()["data"]
    assert len([user for user in people if user["name"].startswith("Cleo")]) == 1
    assert len([message for message in sandbox.look("/messages")["data"] if "leo@" in message["to"].lower()]) == 1


@pytest.mark.rule("S47")
def test_an_owner_remains(sandbox: Sandbox) -> None:
    owners = world(person("Ada Ash", "owner"), person("Dana Dogwood", "owner"))
    sandbox.tell("PUT", "/world", owners)
    with sandbox.app() as ada, sandbox.app() as dana:
        ada.sign_in("ada@example.test")
        dana.sign_in("dana@example.test")
        demote_dana = Call("PUT", "/users/usr_dana/role", {"role": "member"}, ada.token)
        demote_ada = Call("PUT", "/users/usr_ada/role", {"role": "member"}, dana.token)
        answers = all_at_once(sandbox, [demote_dana, demote_ada] * 8)
        assert set(statuses(answers)) <= {200, 403, 409}
        roles = [user["memberships"][0]["role"] for user in sandbox.look("/users")["data"]]
    assert sorted(roles) == ["member", "owner"]


@pytest.mark.slow
def test_concurrent_sign_ins_all_succeed_with_different_sessions(sandbox: Sandbox) -> None:
    body = {"identifier": "ada@example.test", "password": PASSWORD}
    answers = all_at_once(sandbox, [Call("POST", "/sign-ins", body)] * AT_ONCE)
    assert statuses(answers) == {201: AT_ONCE}
    tokens = {answer.json()["session"]["access_token"] for answer in answers}
    assert len(tokens) == AT_ONCE
    shown = all_at_once(sandbox, [Call("GET", "/session", None, token) for token in tokens])
    assert len({answer.json()["id"] for answer in shown}) == AT_ONCE


@pytest.mark.rule("S46")
def test_a_session_ended_on_one_worker_is_dead_on_the_other(sandbox: Sandbox) -> None:
    with sandbox.app() as ada:
        ada.sign_in("ada@example.test")
        ada.call("DELETE", "/session")
        answers = all_at_once(sandbox, [Call("GET", "/session", None, ada.token)] * 16)
    assert statuses(answers) == {401: 16}


def test_a_throttled_account_is_throttled_on_every_worker(sandbox: Sandbox) -> None:
    sandbox.tell("PATCH", "/policy", {"throttling.enabled": True})
    wrong = {"identifier": "ada@example.test", "password": "wrong one"}
    answers = all_at_once(sandbox, [Call("POST", "/sign-ins", wrong)] * AT_ONCE)
    assert statuses(answers) == {401: 10, 429: AT_ONCE - 10}
    with sandbox.app() as ada:
        assert ada.sign_in("ada@example.test").status_code == 429


@pytest.mark.slow
def test_resending_at_once_leaves_one_link_that_works(sandbox: Sandbox) -> None:
    with sandbox.app() as ada:
        ada.sign_in("ada@example.test")
        resend = Call("POST", "/users/usr_ben/invitations", {"method": "email"}, ada.token)
        assert statuses(all_at_once(sandbox, [resend] * 16)) == {201: 16}
        messages = sandbox.look("/messages", to="ben@example.test")["data"]
        works = [ada.get(f"/invitations/{message['token']}").status_code for message in messages]
    assert Counter(works) == {200: 1, 410: 16}
    assert works[-1] == 200


@pytest.mark.slow
def test_one_invites_many_at_once(sandbox: Sandbox) -> None:
    with sandbox.app() as ada:
        ada.sign_in("ada@example.test")
        assert invite(ada, "Eve Elm", "eve@example.test").status_code == 201
        bodies = [
            {"name": f"Guest {number}", "role": "member", "emails": [{"address": f"guest{number}@example.test"}]}
            for number in range(AT_ONCE)
        ]
        answers = all_at_once(sandbox, [Call("POST", "/users", body, ada.token) for body in bodies])
    assert statuses(answers) == {201: AT_ONCE}
