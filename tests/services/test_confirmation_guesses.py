"""Wrong entries of confirmation codes: which are counted, and when they close the code or the account (rule 6)."""

from datetime import timedelta

import pytest

from logindrill.rules.decisions import Refused
from logindrill.work.runtime import Runtime
from tests.support.contacts import NUMBER, a_portal, code_for, codes, comes_in, enter, reason_of, wrong_entries
from tests.support.crowds import at_once
from tests.support.factors import wrong_code
from tests.support.people import address_of
from tests.support.scenes import MORNING, Scene

CORA = address_of("Cora")


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_portal(runtime)


def guess(scene: Scene, right: str, times: int, *, first: int = 1, email: str = CORA) -> list[str]:
    return [reason_of(scene, wrong_code(right, number), email=email) for number in range(first, first + times)]


def test_five_wrong_entries_end_a_code_and_another_may_be_asked_for_at_once(scene: Scene) -> None:
    code = code_for(scene)
    assert guess(scene, code, 5) == ["wrong_code"] * 5
    assert reason_of(scene, code) == "too_many_code_attempts"
    comes_in(scene, code_for(scene))


def test_four_wrong_entries_leave_the_code_alive(scene: Scene) -> None:
    code = code_for(scene)
    guess(scene, code, 4)
    comes_in(scene, code)
    assert len(wrong_entries(scene)) == 4, "success takes back its own entry only"


@pytest.mark.rule("rule-6")
def test_fifteen_wrong_entries_in_an_hour_close_the_account_whatever_is_typed(scene: Scene) -> None:
    for round_ in range(3):
        code = code_for(scene)
        guess(scene, code, 5, first=1 + 5 * round_)
    assert codes(scene)[-1].void_at == MORNING
    assert reason_of(scene, code) == "too_many_code_attempts"
    assert reason_of(scene, code, phone=NUMBER) == "too_many_code_attempts"
    assert len(wrong_entries(scene)) == 15, "what is refused as too many is not counted"
    scene.wait(timedelta(hours=1) - timedelta(microseconds=1))
    assert reason_of(scene, code) == "too_many_code_attempts"
    scene.wait(timedelta(microseconds=1))
    comes_in(scene, code_for(scene))


def test_the_hour_slides(scene: Scene) -> None:
    code = code_for(scene)
    guess(scene, code, 1)
    scene.wait(timedelta(minutes=30))
    for round_ in range(3):
        code = code_for(scene)
        guess(scene, code, 5 if round_ < 2 else 4, first=2 + 5 * round_)
    assert reason_of(scene, code) == "too_many_code_attempts"
    scene.wait(timedelta(minutes=30))
    comes_in(scene, code_for(scene))


def test_a_new_code_does_not_reset_the_count(scene: Scene) -> None:
    for round_ in range(15):
        guess(scene, code_for(scene), 1, first=1 + round_)
    assert reason_of(scene, code_for(scene)) == "too_many_code_attempts"


def test_an_entry_that_matches_a_dead_code_is_not_counted(scene: Scene) -> None:
    older, newer = code_for(scene), code_for(scene)
    assert {reason_of(scene, older) for _ in range(20)} == {"superseded_code"}
    assert not wrong_entries(scene)
    assert codes(scene)[-1].wrong_entries == 0
    comes_in(scene, newer)
    assert {reason_of(scene, newer) for _ in range(20)} == {"used_code"}
    assert not wrong_entries(scene)


@pytest.mark.parametrize(
    "spellings",
    [["nobody@example.test", "NOBODY@example.test", " nobody@example.test"], ["+14155550199", "+1 415 555 0199"]],
)
def test_wrong_entries_for_an_address_on_no_card_count_however_it_is_spelled(
    scene: Scene, spellings: list[str]
) -> None:
    field = "email" if "@" in spellings[0] else "phone"
    for number in range(15):
        assert reason_of(scene, "123456", **{field: spellings[number % len(spellings)]}) == "not_registered"
    assert reason_of(scene, "123456", **{field: spellings[0]}) == "too_many_code_attempts"
    assert reason_of(scene, "123456", email="somebody.else@example.test") == "not_registered"
    assert "example.test" not in str(wrong_entries(scene)), "what was typed is kept as a digest"
    assert code_for(scene), "nobody else is locked"


def test_wrong_entries_are_counted_before_they_are_judged(scene: Scene) -> None:
    code = code_for(scene)
    outcomes = at_once(24, lambda number: enter(scene, wrong_code(code, number + 1)))
    reasons = [outcome.reason.code for outcome in outcomes if isinstance(outcome, Refused)]
    assert len(reasons) == 24
    assert reasons.count("wrong_code") <= 15
    assert codes(scene)[0].wrong_entries == 5
    assert len(wrong_entries(scene)) == 15
