"""Failed passwords, limited (S22, D14): counted first, kept against the account, and not to be evaded."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from logindrill.models import WrongEntry
from logindrill.rules.clients import Caller, Client
from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import Call
from logindrill.services import password_resets
from logindrill.services.sign_in import Admission
from logindrill.work.perform import attempt
from logindrill.work.runtime import Runtime
from logindrill.world.document import EmailPart
from tests.support.crowds import at_once
from tests.support.meanwhile import while_hashing
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox

THREE = {"throttling.enabled": True, "throttling.failures": 3}
RIGHT = "Secret of ada"


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"), person("Ben Birch"), policy=THREE)


def reason(scene: Scene, identifier: str, password: str = "a wrong one", **more: Any) -> str:
    """What a try comes to: `signed_in`, or the reason why not."""
    outcome = scene.try_to_sign_in(identifier, password, **more)
    return outcome.reason.code if isinstance(outcome, Refused) else "signed_in"


def test_nothing_is_limited_unless_the_policy_says_so(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash", "owner"))
    assert {reason(scene, "ada@example.test") for _ in range(20)} == {"wrong_password"}
    assert reason(scene, "ada@example.test", RIGHT) == "signed_in"
    assert scene.rows(WrongEntry) == []


def test_the_right_password_is_refused_too_once_the_limit_is_reached(scene: Scene) -> None:
    assert [reason(scene, "ada@example.test") for _ in range(4)] == ["wrong_password"] * 3 + ["throttled"]
    outcome = scene.try_to_sign_in("ada@example.test", RIGHT)
    assert isinstance(outcome, Refused)
    assert (outcome.reason.code, outcome.retry_after) == ("throttled", timedelta(minutes=15))
    attempt = scene.attempts()[-1]
    assert (attempt.status, attempt.code, attempt.user_id) == (429, "too_many_attempts", "usr_ada")


def test_the_last_try_within_the_limit_may_be_the_right_one(scene: Scene) -> None:
    reason(scene, "ada@example.test")
    reason(scene, "ada@example.test")
    assert reason(scene, "ada@example.test", RIGHT) == "signed_in"


def test_the_window_slides(scene: Scene) -> None:
    for _ in range(3):
        reason(scene, "ada@example.test")
        scene.wait(timedelta(minutes=4))
    assert reason(scene, "ada@example.test", RIGHT) == "throttled"
    scene.wait(timedelta(minutes=3) - timedelta(microseconds=1))
    assert reason(scene, "ada@example.test", RIGHT) == "throttled"
    scene.wait(timedelta(microseconds=1))
    assert reason(scene, "ada@example.test") == "wrong_password"
    assert reason(scene, "ada@example.test", RIGHT) == "throttled"


def test_tries_while_locked_make_the_lock_no_longer(scene: Scene) -> None:
    for _ in range(3):
        reason(scene, "ada@example.test")
    for _ in range(14):
        scene.wait(timedelta(minutes=1))
        assert reason(scene, "ada@example.test") == "throttled"
    scene.wait(timedelta(minutes=1))
    assert reason(scene, "ada@example.test", RIGHT) == "signed_in"


@pytest.mark.parametrize(
    "spellings",
    [
        ["ada@example.test", "ADA@example.test", "Ada@Example.Test", "ada@EXAMPLE.test"],
        ["ada@example.test", " ada@example.test", "ada@example.test ", "ada @example.test"],
        ["ada@example.test", "\uff41da@example.test", "ada@example.test\u200b", "ada\u00a0@example.test"],
        ["nobody@example.test", "NOBODY@example.test", "no body@example.test", "\uff4eobody@example.test"],
    ],
    ids=["case", "spaces", "unicode twins", "nobody"],
)
@pytest.mark.rule("S22")
def test_the_limit_is_not_evaded_by_another_spelling(scene: Scene, spellings: list[str]) -> None:
    assert "throttled" not in [reason(scene, spelling) for spelling in spellings[:3]]
    assert reason(scene, spellings[3]) == "throttled"
    assert reason(scene, spellings[0]) == "throttled"


def test_the_limit_is_not_evaded_by_another_name_of_the_account(runtime: Runtime) -> None:
    emails = [EmailPart(address="eve@example.test"), EmailPart(address="post@example.test", kind="secondary")]
    eve = person("Eve Elm", "customer", username="eve.elm", emails=emails)
    scene = a_sandbox(runtime, eve, preset="customer-app", policy=THREE)
    for name in ("eve@example.test", "eve.elm", "post@example.test"):
        reason(scene, name)
    assert reason(scene, "eve.elm", "Secret of eve") == "throttled"


@pytest.mark.rule("S22")
def test_the_limit_is_not_evaded_from_elsewhere_or_with_another_client(scene: Scene) -> None:
    callers = [Caller(), Caller(Client.MOBILE, "1.0"), Caller(user_agent="Mozilla/5.0 Chrome/1")]
    for caller in callers:
        reason(scene, "ada@example.test", caller=caller)
    assert reason(scene, "ada@example.test", RIGHT, caller=Caller(Client.MOBILE, "2.0")) == "throttled"


def test_the_limit_is_not_evaded_by_another_company(scene: Scene) -> None:
    for company in ("co_harbour", "co_meadow", "co_nowhere"):
        reason(scene, "ada@example.test", company=company)
    assert reason(scene, "ada@example.test", RIGHT) == "throttled"


@pytest.mark.rule("S22")
def test_another_account_s_success_clears_nothing(scene: Scene) -> None:
    for _ in range(3):
        reason(scene, "ada@example.test")
        assert reason(scene, "ben@example.test", "Secret of ben") == "signed_in"
    assert reason(scene, "ada@example.test", RIGHT) == "throttled"


def test_one_s_own_success_clears_what_was_counted(scene: Scene) -> None:
    for _ in range(2):
        reason(scene, "ada@example.test")
        reason(scene, "ada@example.test")
        assert reason(scene, "ada@example.test", RIGHT) == "signed_in"


def test_the_right_password_of_a_deactivated_account_clears_nothing(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Cleo Cedar", status="deactivated"), policy=THREE)
    tries = [reason(scene, "cleo@example.test", "Secret of cleo") for _ in range(4)]
    assert tries == ["deactivated"] * 3 + ["throttled"]


def test_one_account_s_lock_is_no_other_s(runtime: Runtime, scene: Scene) -> None:
    other = a_sandbox(runtime, person("Ada Ash", "owner"), policy=THREE)
    for _ in range(4):
        reason(scene, "ada@example.test")
    assert reason(scene, "ben@example.test", "Secret of ben") == "signed_in"
    assert reason(other, "ada@example.test", RIGHT) == "signed_in"


@pytest.mark.parametrize("typed", ["usr_ada", "source:127.0.0.1", "typed:nobody"])
def test_typing_what_counts_are_kept_under_locks_nobody(scene: Scene, typed: str) -> None:
    for _ in range(4):
        reason(scene, typed)
    assert reason(scene, "ada@example.test", RIGHT) == "signed_in"
    assert reason(scene, "nobody") == "unknown_identifier"


@pytest.mark.rule("S22")
def test_parallel_tries_do_not_slip_past_the_limit(scene: Scene) -> None:
    outcomes = at_once(12, lambda _: reason(scene, "ada@example.test"))
    assert Counter(map(str, outcomes)) == {"wrong_password": 3, "throttled": 9}


def test_a_try_is_counted_before_it_is_judged(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash", "owner"), policy=THREE)
    counted: list[int] = []
    looked = while_hashing(scene.runtime, lambda: counted.append(len(scene.rows(WrongEntry))))
    outcome = Scene(looked, scene.id).try_to_sign_in("ada@example.test", RIGHT)
    assert isinstance(outcome, Admission)
    assert counted == [1]
    assert scene.rows(WrongEntry) == []


def test_passwords_and_requests_for_resets_are_counted_apart(scene: Scene) -> None:
    def ask(number: int) -> str | None:
        work = scene.work("ask", Call.ASK, source=f"192.0.2.{number}")
        attempt(work, password_resets.request, "ada@example.test")
        found: str | None = scene.messages("ada@example.test")[-1].reason
        return found

    assert [ask(number) for number in range(4)] == [None, None, None, "throttled"]
    assert reason(scene, "ada@example.test") == "wrong_password"
    assert reason(scene, "ada@example.test", RIGHT) == "signed_in"
    assert ask(4) == "throttled"
