"""Wrong entries at the second step: which are counted, and where guessing ends (overall rule 6)."""

from typing import Any

import pytest

from logindrill.access.admission import Admission
from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import Call
from logindrill.services import second_factor
from logindrill.work.perform import attempt
from logindrill.work.runtime import Runtime
from tests.services.second_steps import ada_in, ben_in, counted
from tests.support.crowds import at_once
from tests.support.factors import (
    INSTANT,
    MINUTE,
    SECOND_PASSWORD,
    code_asked_for,
    codes,
    enter,
    passes,
    pending,
    reason_of,
    shown_at,
    waiting,
    with_authenticator,
    with_second_password,
    with_whatsapp,
    wrong_code,
)
from tests.support.meanwhile import while_hashing
from tests.support.scenes import a_sandbox


@pytest.mark.rule("rule-6", "S32")
def test_five_wrong_entries_end_a_code_and_another_may_be_asked_for_at_once(runtime: Runtime) -> None:
    scene = ada_in(runtime)
    sign_in_id = waiting(scene, "Ada Ash")
    code = code_asked_for(scene, sign_in_id)
    for number in range(1, 6):
        assert reason_of(scene, sign_in_id, code=wrong_code(code, number)) == "wrong_code"
    assert reason_of(scene, sign_in_id, code=code) == "too_many_code_attempts"
    assert counted(scene) == 5
    passes(scene, sign_in_id, code=code_asked_for(scene, sign_in_id))


def test_the_fifth_entry_may_still_be_the_right_one(runtime: Runtime) -> None:
    scene = ada_in(runtime)
    sign_in_id = waiting(scene, "Ada Ash")
    code = code_asked_for(scene, sign_in_id)
    for number in range(1, 5):
        reason_of(scene, sign_in_id, code=wrong_code(code, number))
    passes(scene, sign_in_id, code=code)


@pytest.mark.parametrize("name", ["Ben Birch", "Cleo Cedar"])
def test_five_wrong_entries_end_the_sign_in_where_there_is_no_code_to_end(runtime: Runtime, name: str) -> None:
    scene = a_sandbox(runtime, with_second_password("Ben Birch"), with_authenticator("Cleo Cedar"))
    sign_in_id = waiting(scene, name)
    right: dict[str, Any] = (
        {"second_password": SECOND_PASSWORD} if name == "Ben Birch" else {"code": shown_at(scene.now)}
    )
    wrong: dict[str, Any] = dict.fromkeys(right, "000000")
    reasons = [reason_of(scene, sign_in_id, **wrong) for _ in range(5)]
    assert set(reasons) <= {"wrong_second_password", "wrong_code"}
    assert reason_of(scene, sign_in_id, **right) == "sign_in_void"
    assert counted(scene) == 5
    passes(scene, waiting(scene, name), **right)


@pytest.mark.rule("rule-6", "S32")
def test_fifteen_wrong_entries_in_the_hour_refuse_every_entry_until_one_is_older(runtime: Runtime) -> None:
    scene = ben_in(runtime)
    for number in range(15):
        scene.wait(MINUTE)
        sign_in_id = waiting(scene, "Ben Birch")
        assert reason_of(scene, sign_in_id, second_password=f"wrong {number}") == "wrong_second_password"
    for entry in (SECOND_PASSWORD, "wrong again"):
        assert reason_of(scene, sign_in_id, second_password=entry) == "too_many_code_attempts"
    assert counted(scene) == 15
    scene.wait(46 * MINUTE - INSTANT)
    assert reason_of(scene, waiting(scene, "Ben Birch"), second_password=SECOND_PASSWORD) == "too_many_code_attempts"
    scene.wait(INSTANT)
    passes(scene, waiting(scene, "Ben Birch"), second_password=SECOND_PASSWORD)


@pytest.mark.rule("S32")
def test_new_codes_do_not_reset_what_is_counted_against_the_account(runtime: Runtime) -> None:
    scene = ada_in(runtime, policy={"codes.account_attempts": 12})
    for wrong in (5, 5, 2):
        sign_in_id = waiting(scene, "Ada Ash")
        code = code_asked_for(scene, sign_in_id)
        for number in range(wrong):
            assert reason_of(scene, sign_in_id, code=wrong_code(code, number + 1)) == "wrong_code"
    assert reason_of(scene, sign_in_id, code=code) == "too_many_code_attempts"
    assert counted(scene) == 12


def test_the_fifteenth_wrong_entry_ends_the_code_that_was_alive(runtime: Runtime) -> None:
    scene = ada_in(runtime, policy={"codes.account_attempts": 3})
    sign_in_id = waiting(scene, "Ada Ash")
    code = code_asked_for(scene, sign_in_id)
    for number in range(1, 4):
        assert codes(scene)[0].void_at is None
        reason_of(scene, sign_in_id, code=wrong_code(code, number))
    assert codes(scene)[0].void_at == scene.now


def test_somebody_elses_wrong_entries_do_not_count_against_a_person(runtime: Runtime) -> None:
    scene = a_sandbox(
        runtime,
        with_second_password("Ben Birch"),
        with_second_password("Dora Dale"),
        policy={"codes.account_attempts": 2},
    )
    for _ in range(2):
        reason_of(scene, waiting(scene, "Dora Dale"), second_password="wrong")
    passes(scene, waiting(scene, "Ben Birch"), second_password=SECOND_PASSWORD)
    assert reason_of(scene, waiting(scene, "Dora Dale"), second_password=SECOND_PASSWORD) == "too_many_code_attempts"


def test_parallel_guesses_are_counted_before_any_is_judged(runtime: Runtime) -> None:
    scene = ada_in(runtime)
    sign_in_id = waiting(scene, "Ada Ash")
    code = code_asked_for(scene, sign_in_id)
    outcomes = at_once(12, lambda number: enter(scene, sign_in_id, code=wrong_code(code, number + 1)))
    assert all(isinstance(outcome, Refused) for outcome in outcomes), outcomes
    assert codes(scene)[0].wrong_entries == 5
    assert counted(scene) == 12
    assert reason_of(scene, sign_in_id, code=code) == "too_many_code_attempts"


@pytest.mark.parametrize("name", ["Ada Ash", "Ben Birch", "Cleo Cedar"])
def test_of_parallel_right_entries_exactly_one_lets_in(runtime: Runtime, name: str) -> None:
    scene = a_sandbox(
        runtime, with_whatsapp("Ada Ash"), with_second_password("Ben Birch"), with_authenticator("Cleo Cedar")
    )
    sign_in_id = waiting(scene, name)
    entry: dict[str, Any] = {
        "Ada Ash": lambda: {"code": code_asked_for(scene, sign_in_id)},
        "Ben Birch": lambda: {"second_password": SECOND_PASSWORD},
        "Cleo Cedar": lambda: {"code": shown_at(scene.now)},
    }[name]()
    outcomes = at_once(12, lambda _: enter(scene, sign_in_id, **entry))
    assert sum(isinstance(outcome, Admission) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 11, outcomes
    assert len(scene.sessions()) == 1
    assert counted(scene) == 0


def test_a_guess_is_committed_even_if_what_follows_fails(runtime: Runtime) -> None:
    scene = ben_in(runtime)
    sign_in_id = waiting(scene, "Ben Birch")

    def fail() -> None:
        raise ConnectionError

    scene.runtime = while_hashing(runtime, fail)
    with pytest.raises(ConnectionError):
        attempt(
            scene.work("pass_second_factor", Call.FACTOR),
            second_factor.enter,
            sign_in_id,
            second_password=SECOND_PASSWORD,
        )
    assert counted(scene) == 1
    assert pending(scene)[0].wrong_entries == 1
