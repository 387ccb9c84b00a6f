"""Second factors: the right number, and an authenticator's code once each."""

from datetime import UTC, datetime

import pyotp
import pytest

from logindrill.rules.factors import (
    begin_of,
    judge_number,
    judge_totp,
    step_at,
    time_off,
    totp_code,
    totp_off,
    totp_step,
)
from logindrill.rules.reasons import (
    EARLY_CODE,
    EXPIRED_CODE,
    NO_NUMBER_ON_ACCOUNT,
    PHONE_MISMATCH,
    USED_CODE,
    WRONG_CODE,
)
from tests.rules.moments import NOON, SECOND

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def test_a_code_goes_to_the_number_given_at_invitation_however_it_is_typed() -> None:
    assert judge_number("+1 (415) 555-0100", "+14155550100") is None
    assert judge_number("+14155550199", "+14155550100") is PHONE_MISMATCH
    assert judge_number("not a number", "+14155550100") is PHONE_MISMATCH
    assert judge_number("+14155550100", None) is NO_NUMBER_ON_ACCOUNT


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
@pytest.mark.rule("S33")
def test_the_vectors_of_the_standard_hold(seconds: int, code: str) -> None:
    assert totp_step(SECRET, code, datetime.fromtimestamp(seconds, UTC)) == seconds // 30


def test_one_step_early_or_late_counts_and_two_do_not() -> None:
    code = pyotp.TOTP(SECRET).at(NOON)
    step = int(NOON.timestamp()) // 30
    for drift in (-30, 0, 30):
        assert totp_step(SECRET, code, NOON + drift * SECOND) == step
    for drift in (-60, 60):
        assert totp_step(SECRET, code, NOON + drift * SECOND) is None


@pytest.mark.parametrize(
    "typed", ["", "12345", "1234567", "abcdef", "12345a", "1234567a", "\uff12\uff18\uff17\uff10\uff18\uff12", "287 082"]
)
def test_what_is_not_six_figures_is_no_code(typed: str) -> None:
    assert totp_step(SECRET, typed, NOON) is None


def test_each_step_counts_once_and_none_before_the_last() -> None:
    assert judge_totp(None, None) is WRONG_CODE
    assert judge_totp(7, None) is None
    assert judge_totp(7, 6) is None
    assert judge_totp(7, 7) is USED_CODE
    assert judge_totp(6, 7) is USED_CODE


def test_a_code_of_another_time_differs_from_a_wrong_one() -> None:
    assert judge_totp(None, None, -2) is EXPIRED_CODE
    assert judge_totp(None, None, 2) is EARLY_CODE
    assert time_off(-10) == "right, but the app showed it 5 minutes ago"
    assert time_off(3) == "right, but the app shows it only in 1 minute 30 seconds"


@pytest.mark.parametrize(
    ("steps", "off"), [(-21, None), (-20, 20), (-2, 2), (-1, None), (0, None), (2, -2), (21, None)]
)
def test_a_code_is_known_again_ten_minutes_before_and_after_it_is_shown(steps: int, off: int | None) -> None:
    code = pyotp.TOTP(SECRET).at(NOON)
    assert totp_off(SECRET, code, NOON + steps * 30 * SECOND) == off
    assert totp_off(SECRET, "nonsense", NOON) is None


def test_a_step_begins_where_the_one_before_ends() -> None:
    step = step_at(NOON)
    assert begin_of(step) <= NOON < begin_of(step + 1)
    assert totp_code(SECRET, step) == pyotp.TOTP(SECRET).at(NOON)
