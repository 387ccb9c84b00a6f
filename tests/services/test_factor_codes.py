"""Codes at the second step: whose they are, when they work, and that each works once."""

import pytest

from logindrill.access.admission import Admission
from logindrill.work.runtime import Runtime
from tests.services.second_steps import ada_in, cleo_in, counted
from tests.support.crowds import at_once
from tests.support.factors import (
    INSTANT,
    MINUTE,
    SECOND,
    ask,
    code_asked_for,
    codes,
    enter,
    passes,
    reason_of,
    shown_at,
    waiting,
    with_whatsapp,
)
from tests.support.scenes import a_sandbox

# Codes: whose, when, once


def test_without_having_asked_no_code_is_right(runtime: Runtime) -> None:
    scene = ada_in(runtime)
    assert reason_of(scene, waiting(scene, "Ada Ash"), code="123456") == "no_code"
    assert counted(scene) == 1


@pytest.mark.rule("S31")
def test_a_code_of_another_sign_in_is_worthless(runtime: Runtime) -> None:
    scene = ada_in(runtime)
    one, other = waiting(scene, "Ada Ash"), waiting(scene, "Ada Ash")
    code = code_asked_for(scene, one)
    assert reason_of(scene, other, code=code) == "other_sign_in"
    assert counted(scene) == 0
    passes(scene, one, code=code)


@pytest.mark.rule("S31")
def test_a_code_of_another_person_is_worthless(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, with_whatsapp("Ada Ash"), with_whatsapp("Ben Birch"))
    code = code_asked_for(scene, waiting(scene, "Ada Ash"))
    ben = waiting(scene, "Ben Birch")
    ask(scene, ben)
    assert reason_of(scene, ben, code=code) == "wrong_code"


def test_an_older_code_is_refused_as_superseded_and_not_counted(runtime: Runtime) -> None:
    scene = ada_in(runtime)
    sign_in_id = waiting(scene, "Ada Ash")
    older, newer = code_asked_for(scene, sign_in_id), code_asked_for(scene, sign_in_id)
    assert reason_of(scene, sign_in_id, code=older) == "superseded_code"
    assert (counted(scene), [code.wrong_entries for code in codes(scene)]) == (0, [0, 0])
    passes(scene, sign_in_id, code=newer)


def test_a_code_works_until_its_very_end(runtime: Runtime) -> None:
    scene = ada_in(runtime, policy={"codes.life": "PT5M"})
    sign_in_id = waiting(scene, "Ada Ash")
    code = code_asked_for(scene, sign_in_id)
    scene.wait(5 * MINUTE)
    assert reason_of(scene, sign_in_id, code=code) == "expired_code"
    assert counted(scene) == 0
    code = code_asked_for(scene, sign_in_id)
    scene.wait(5 * MINUTE - INSTANT)
    passes(scene, sign_in_id, code=code)


def test_a_used_code_is_refused_at_the_next_sign_in(runtime: Runtime) -> None:
    scene = ada_in(runtime)
    sign_in_id = waiting(scene, "Ada Ash")
    code = code_asked_for(scene, sign_in_id)
    passes(scene, sign_in_id, code=code)
    assert reason_of(scene, sign_in_id, code=code) == "sign_in_used"
    assert reason_of(scene, waiting(scene, "Ada Ash"), code=code) == "used_code"
    assert counted(scene) == 0


# Authenticator apps


@pytest.mark.rule("S33")
def test_each_step_of_an_authenticator_counts_once(runtime: Runtime) -> None:
    scene = cleo_in(runtime)
    code = shown_at(scene.now)
    passes(scene, waiting(scene, "Cleo Cedar"), code=code)
    again = waiting(scene, "Cleo Cedar")
    assert reason_of(scene, again, code=code) == "used_code"
    assert reason_of(scene, again, code=shown_at(scene.now - 30 * SECOND)) == "used_code"
    assert counted(scene) == 0
    scene.wait(30 * SECOND)
    passes(scene, again, code=shown_at(scene.now))


@pytest.mark.parametrize("drift", [-30, 30])
@pytest.mark.rule("S33")
def test_an_authenticator_may_be_one_step_early_or_late_by_the_sandboxs_clock(runtime: Runtime, drift: int) -> None:
    scene = cleo_in(runtime)
    sign_in_id = waiting(scene, "Cleo Cedar")
    reason = "expired_code" if drift < 0 else "early_code"
    assert reason_of(scene, sign_in_id, code=shown_at(scene.now + 2 * drift * SECOND)) == reason
    passes(scene, sign_in_id, code=shown_at(scene.now + drift * SECOND))


def test_one_code_of_an_authenticator_opens_one_of_two_sign_ins_at_once(runtime: Runtime) -> None:
    scene = cleo_in(runtime)
    sign_ins = [waiting(scene, "Cleo Cedar") for _ in range(6)]
    code = shown_at(scene.now)
    outcomes = at_once(6, lambda number: enter(scene, sign_ins[number], code=code))
    assert sum(isinstance(outcome, Admission) for outcome in outcomes) == 1, outcomes
