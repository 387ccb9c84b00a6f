"""One rule for every code: newest only, once, in time, and not by guessing."""

import pytest

from logindrill.rules.codes import CodeFacts, CodePolicy, is_counted, is_live, judge
from logindrill.rules.reasons import (
    EXPIRED_CODE,
    NO_CODE,
    OTHER_SIGN_IN,
    SUPERSEDED_CODE,
    TOO_MANY_CODE_ATTEMPTS,
    USED_CODE,
    VOID_CODE,
    WRONG_CODE,
    WRONG_SECOND_PASSWORD,
    Reason,
)
from logindrill.rules.values import replace
from tests.rules.moments import INSTANT, MINUTE, NOON

POLICY = CodePolicy()
TYPED = CodeFacts(matches=True, expires_at=NOON + 10 * MINUTE)
ANOTHER = CodeFacts(matches=False, expires_at=NOON + 10 * MINUTE)


def test_the_newest_code_counts() -> None:
    assert judge([TYPED], 0, POLICY, NOON) is None


@pytest.mark.rule("rule-5")
def test_an_older_code_is_refused_as_superseded() -> None:
    older = replace(TYPED, superseded_at=NOON - MINUTE)
    assert judge([ANOTHER, older], 0, POLICY, NOON) is SUPERSEDED_CODE


def test_a_code_works_until_its_very_end() -> None:
    assert judge([TYPED], 0, POLICY, TYPED.expires_at - INSTANT) is None
    assert judge([TYPED], 0, POLICY, TYPED.expires_at) is EXPIRED_CODE


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (replace(TYPED, used_at=NOON), USED_CODE),
        (replace(TYPED, used_at=NOON, superseded_at=NOON), USED_CODE),
        (replace(TYPED, voided_at=NOON), VOID_CODE),
        (replace(TYPED, wrong_entries=5), TOO_MANY_CODE_ATTEMPTS),
        (replace(TYPED, wrong_entries=5, voided_at=NOON), TOO_MANY_CODE_ATTEMPTS),
        (replace(TYPED, of_other_sign_in=True), OTHER_SIGN_IN),
        (replace(TYPED, of_other_sign_in=True, used_at=NOON), USED_CODE),
        (replace(TYPED, of_other_sign_in=True, superseded_at=NOON), SUPERSEDED_CODE),
        (ANOTHER, WRONG_CODE),
    ],
)
def test_the_state_of_the_typed_code_is_shown(code: CodeFacts, reason: Reason) -> None:
    assert judge([code], 0, POLICY, NOON) is reason


def test_without_any_code_there_is_nothing_to_enter() -> None:
    assert judge([], 0, POLICY, NOON) is NO_CODE
    assert judge([replace(ANOTHER, of_other_sign_in=True)], 0, POLICY, NOON) is NO_CODE


def test_four_wrong_entries_leave_a_code_alive_and_five_end_it() -> None:
    assert is_live(replace(TYPED, wrong_entries=4), POLICY, NOON)
    assert not is_live(replace(TYPED, wrong_entries=5), POLICY, NOON)


def test_the_sixteenth_entry_of_the_hour_is_refused_even_if_right() -> None:
    assert judge([TYPED], 14, POLICY, NOON) is None
    assert judge([TYPED], 15, POLICY, NOON) is TOO_MANY_CODE_ATTEMPTS


def test_only_entries_that_match_nothing_are_counted_as_guesses() -> None:
    assert is_counted(WRONG_CODE)
    assert is_counted(NO_CODE)
    assert is_counted(WRONG_SECOND_PASSWORD)
    for reason in (SUPERSEDED_CODE, USED_CODE, EXPIRED_CODE, TOO_MANY_CODE_ATTEMPTS, OTHER_SIGN_IN, VOID_CODE):
        assert not is_counted(reason)
