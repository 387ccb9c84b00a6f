"""Customers and professionals, from the outside: how a customer gets in, is shut out, and gets in again."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from tests.journeys.crowds import AT_ONCE, Call, all_at_once, statuses
from tests.journeys.outside import ENTRIES, PASSWORD, App, Sandbox, make, person, tool_at, world
from tests.support.processes import RunningServer

TEMPORARY = {"method": "temporary_password"}
INVALID_USER = (401, "Invalid User / password")
DISABLED = (403, "Account disabled")
CARL = "carl@example.test"


@pytest.fixture
def sandbox(two_workers: RunningServer) -> Any:
    people = world(
        person("Paula Pine", "professional"),
        person("Sue Sage", "support", company="co_platform"),
        person("Carl Crab", "customer", username="carl.crab"),
        person("Carla Crab", "customer"),
    )
    people["companies"].append({"id": "co_meadow", "name": "Meadow Bikes"})
    with tool_at(two_workers.url) as http:
        yield make(http, preset="customer-app", world=people)


@pytest.fixture
def paula(sandbox: Sandbox) -> Iterator[App]:
    with signed_in(sandbox, "paula@example.test") as app:
        yield app


@pytest.fixture
def sue(sandbox: Sandbox) -> Iterator[App]:
    with signed_in(sandbox, "sue@example.test") as app:
        yield app


@contextmanager
def signed_in(sandbox: Sandbox, identifier: str) -> Iterator[App]:
    with sandbox.app() as app:
        assert app.sign_in(identifier).status_code == 201
        yield app


def public_answer(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["detail"]


def begin(app: App, identifier: str, password: str) -> str:
    answer = app.sign_in(identifier, password)
    assert (answer.status_code, answer.json()["status"]) == (200, "new_password_required")
    return f"/sign-ins/{answer.json()['sign_in_id']}/new-password"


def test_a_customer_who_forgot_everything_is_handed_a_temporary_password(sandbox: Sandbox, paula: App) -> None:
    handed = paula.post("/users/usr_carl/invitations", TEMPORARY).json()
    assert (handed["sign_in_identifier"], handed["main_email"]) == ("carl.crab", CARL)
    with sandbox.app() as carl:
        assert public_answer(carl.sign_in("carl.crab")) == INVALID_USER, "the old password is dead"
        step = begin(carl, "carl.crab", handed["temporary_password"])
        again = {"password": handed["temporary_password"], "password_confirmation": handed["temporary_password"]}
        assert carl.post(step, again).json()["errors"][0]["code"] == "unchanged"
        assert carl.post(step, ENTRIES).status_code == 201
        assert public_answer(carl.sign_in("carl.crab", handed["temporary_password"])) == INVALID_USER
        assert carl.sign_in(CARL).status_code == 201, "by the main address too"
    assert not [
        mail for mail in sandbox.look("/messages", to=CARL)["data"] if handed["temporary_password"] in str(mail)
    ]
    assert handed["temporary_password"] not in str(sandbox.look("/events", limit=200))


@pytest.mark.rule("C5", "C6")
def test_what_worked_before_the_address_moved(sandbox: Sandbox, paula: App) -> None:
    with sandbox.app() as carl:
        assert carl.sign_in(CARL).status_code == 201
        moved = paula.call("PATCH", "/users/usr_carl", {"emails": [{"address": CARL, "kind": "secondary"}]})
        assert moved.status_code == 200
        refused = carl.sign_in(CARL)
        assert public_answer(refused) == INVALID_USER
        attempt = sandbox.look(f"/attempts/{refused.headers['X-Attempt-Id']}")
        assert attempt["reason"] == "secondary_address"
        [change] = attempt["changed_since"]
        assert (change["event"], change["actor"]) == ("user.change", "usr_paula")
        assert (change["fields"], change["kinds"]) == (["emails"], ["main address became secondary"])
        assert carl.sign_in("Carl.Crab").status_code == 201
        assert carl.post("/password-resets", {"identifier": CARL}).status_code == 202
        [silent] = [mail for mail in sandbox.look("/messages", to=CARL)["data"] if mail["kind"] == "password_reset"]
        assert (silent["disposition"], silent["reason"]) == ("not_sent", "secondary_address")
        assert carl.post("/password-resets", {"identifier": "carl.crab"}).status_code == 202
        assert sandbox.mail(CARL)["kind"] == "password_reset", "communications go to the secondary address"


def test_access_of_one_customer_is_revoked_and_restored(sandbox: Sandbox, paula: App) -> None:
    with sandbox.app() as carl:
        assert paula.call("PUT", "/users/usr_carl/access-revocation").status_code == 204
        assert public_answer(carl.sign_in(CARL)) == DISABLED
        assert public_answer(carl.sign_in(CARL, "not his password")) == INVALID_USER
        assert paula.call("DELETE", "/users/usr_carl/access-revocation").status_code == 204
        assert carl.sign_in(CARL).status_code == 201


def test_a_merged_customer_is_brought_back_by_support_alone(sandbox: Sandbox, paula: App, sue: App) -> None:
    with sandbox.app() as carl:
        assert paula.call("PUT", "/users/usr_carl/merge", {"into": "usr_carla"}).status_code == 204
        assert public_answer(carl.sign_in(CARL)) == DISABLED
        refused = paula.call("DELETE", "/users/usr_carl/merge")
        assert (refused.status_code, refused.json()["permission"]) == (403, "users.restore_merged")
        assert sue.call("DELETE", "/users/usr_carl/merge").status_code == 204
        assert public_answer(carl.sign_in(CARL)) == INVALID_USER, "the old password is dead"
        assert paula.post("/users/usr_carl/invitations", {"method": "email"}).status_code == 201
        token = sandbox.mail(CARL, kind="activation")["token"]
        assert carl.post(f"/invitations/{token}/acceptance", ENTRIES).status_code == 201
        assert carl.sign_in(CARL).status_code == 201


def test_an_outdated_app_learns_the_version_it_needs(sandbox: Sandbox) -> None:
    sandbox.tell("PATCH", "/policy", {"apps.min_version": "1.10", "apps.latest_version": "1.11.0"})
    with sandbox.app() as carl:
        old = carl.sign_in(CARL, X_Client="mobile/1.9")
        assert (old.status_code, old.json()["code"], old.json()["min_version"]) == (426, "app_update_required", "1.10")
        assert sandbox.reason(old) == "app_outdated"
        wrong = carl.sign_in(CARL, "not his password", X_Client="mobile/1.9.9")
        assert wrong.status_code == 426, "judged before anybody looks at the password"
        warned = carl.sign_in(CARL, X_Client="mobile/1.10.0")
        assert (warned.status_code, warned.json()["session"]["warnings"]) == (201, ["update_available"])
        assert carl.sign_in(CARL, X_Client="mobile/1.11").json()["session"]["warnings"] == []
        assert carl.sign_in(CARL, X_Client="web/1.0").status_code == 201, "a web page is always of today"


@pytest.mark.slow
def test_of_many_temporary_passwords_made_at_once_one_works(sandbox: Sandbox, paula: App) -> None:
    answers = all_at_once(sandbox, [Call("POST", "/users/usr_carl/invitations", TEMPORARY, paula.token)] * AT_ONCE)
    assert statuses(answers) == {201: AT_ONCE}
    made = [answer.json()["temporary_password"] for answer in answers]
    assert len(set(made)) == AT_ONCE
    tries = all_at_once(
        sandbox, [Call("POST", "/sign-ins", {"identifier": "carl.crab", "password": word}) for word in made]
    )
    assert statuses(tries) == {200: 1, 401: AT_ONCE - 1}
    reasons = Counter(attempt["reason"] for attempt in sandbox.look("/attempts", outcome="refused", limit=200)["data"])
    assert reasons == {"temporary_password_superseded": AT_ONCE - 1}


@pytest.mark.slow
def test_making_and_using_at_once_never_lets_two_in(sandbox: Sandbox, paula: App) -> None:
    first = paula.post("/users/usr_carl/invitations", TEMPORARY).json()["temporary_password"]
    with sandbox.app() as carl:
        steps = [begin(carl, "carl.crab", first) for _ in range(4)]
    makes = [Call("POST", "/users/usr_carl/invitations", TEMPORARY, paula.token)] * (AT_ONCE // 2)
    uses = [Call("POST", steps[number % 4], ENTRIES) for number in range(AT_ONCE // 2)]
    answers = all_at_once(sandbox, [call for pair in zip(makes, uses, strict=True) for call in pair])
    used = statuses(answers[1::2])
    assert used[201] <= 1
    assert used[201] + used[410] == AT_ONCE // 2
    assert statuses(answers[::2]) == {201: AT_ONCE // 2}
    with sandbox.app() as carl:
        words = [answer.json()["temporary_password"] for answer in answers[::2]]
        ways_in = [carl.sign_in("carl.crab", word).status_code for word in (*words, first, PASSWORD)]
    assert Counter(ways_in) == {200: 1, 401: AT_ONCE // 2 + 1}


@pytest.mark.slow
def test_a_new_password_is_set_once(sandbox: Sandbox, paula: App) -> None:
    handed = paula.post("/users/usr_carl/invitations", TEMPORARY).json()["temporary_password"]
    with sandbox.app() as carl:
        steps = [begin(carl, CARL, handed) for _ in range(8)]
    words = [f"password number {number}" for number in range(AT_ONCE)]
    calls = [
        Call("POST", steps[number % 8], {"password": word, "password_confirmation": word})
        for number, word in enumerate(words)
    ]
    answers = all_at_once(sandbox, calls)
    assert statuses(answers) == {201: 1, 410: AT_ONCE - 1}
    winner = next(word for word, answer in zip(words, answers, strict=True) if answer.status_code == 201)
    with sandbox.app() as carl:
        assert carl.sign_in(CARL, winner).status_code == 201
        assert carl.sign_in(CARL, next(word for word in words if word != winner)).status_code == 401


@pytest.mark.slow
def test_a_second_company_arriving_at_the_same_moment_leaves_no_way_in(sandbox: Sandbox, paula: App, sue: App) -> None:
    join = Call("PUT", "/users/usr_carl/memberships/co_meadow", {"role": "customer"}, sue.token)
    makes = [Call("POST", "/users/usr_carl/invitations", TEMPORARY, paula.token)] * 31
    answers = all_at_once(sandbox, [*makes[:16], join, *makes[16:]])
    assert answers[16].status_code == 204
    assert set(statuses(answers)) <= {201, 204, 409}
    with sandbox.app() as carl:
        made = [answer.json()["temporary_password"] for answer in answers if answer.status_code == 201]
        assert {carl.sign_in("carl.crab", word).status_code for word in made} <= {401}


@pytest.mark.slow
def test_an_account_is_merged_and_its_address_released_once(sandbox: Sandbox, paula: App, sue: App) -> None:
    merge = Call("PUT", "/users/usr_carl/merge", {"into": "usr_carla"}, paula.token)
    back = Call("PUT", "/users/usr_carla/merge", {"into": "usr_carl"}, paula.token)
    answers = all_at_once(sandbox, [merge, back] * (AT_ONCE // 2))
    assert set(statuses(answers)) == {204, 409}
    assert sorted(user["status"] for user in sandbox.look("/users")["data"] if "Crab" in user["name"]) == [
        "active",
        "merged",
    ]
    merged = next(user["id"] for user in sandbox.look("/users")["data"] if user["status"] == "merged")
    address = merged.removeprefix("usr_") + "@example.test"
    release = Call("POST", f"/users/{merged}/email-releases", {"address": address}, sue.token)
    assert statuses(all_at_once(sandbox, [release] * AT_ONCE)) == {204: 1, 404: AT_ONCE - 1}
    events = [event["what"] for event in sandbox.look("/events", limit=200)["data"] if event["outcome"] == "done"]
    assert (events.count("user.merge"), events.count("user.release_email")) == (1, 1)
