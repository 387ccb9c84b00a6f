"""Failed tries count within a sliding window, and only where the sandbox limits them."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logindrill.rules.decisions import Invalid
from logindrill.rules.throttling import ThrottlingPolicy, blocked_until, judge_change, throttled_until, with_throttling
from tests.rules.moments import INSTANT, MINUTE, NOON, SECOND

ON = ThrottlingPolicy(enabled=True)
TEN_FAILURES = [NOON - n * MINUTE for n in range(10)]


def test_nothing_is_limited_unless_the_sandbox_says_so() -> None:
    assert throttled_until(TEN_FAILURES * 10, ThrottlingPolicy(), NOON) is None


def test_ten_failures_within_the_window_lock_until_the_first_leaves_it() -> None:
    assert throttled_until(TEN_FAILURES[:9], ON, NOON) is None
    assert throttled_until(TEN_FAILURES, ON, NOON) == NOON + 6 * MINUTE


def test_the_lock_ends_at_the_very_moment_it_names() -> None:
    assert throttled_until(TEN_FAILURES, ON, NOON + 6 * MINUTE - INSTANT) is not None
    assert throttled_until(TEN_FAILURES, ON, NOON + 6 * MINUTE) is None


@given(st.lists(st.integers(0, 7200), max_size=30), st.integers(1, 20))
def test_a_block_ends_exactly_when_fewer_than_the_limit_are_left(ages: list[int], limit: int) -> None:
    times = [NOON - age * SECOND for age in ages]
    window = timedelta(hours=1)
    until = blocked_until(times, limit, window, NOON)
    if until is None:
        assert _within(times, window, NOON) < limit
    else:
        assert _within(times, window, until - INSTANT) >= limit
        assert _within(times, window, until) < limit


def _within(times: list[datetime], window: timedelta, now: datetime) -> int:
    return sum(time > now - window for time in times)


def test_beyond_loopback_throttling_is_on_whatever_a_sandbox_says() -> None:
    assert with_throttling({"throttling.enabled": False, "throttling.failures": 3}, loopback=False) == {
        "throttling.enabled": True,
        "throttling.failures": 3,
    }
    assert with_throttling({"throttling.enabled": False}, loopback=True) == {"throttling.enabled": False}


def test_beyond_loopback_nobody_switches_throttling_off() -> None:
    with pytest.raises(Invalid):
        judge_change({"throttling.enabled": False}, loopback=False)
    judge_change({"throttling.enabled": False}, loopback=True)
    judge_change({"throttling.enabled": None, "codes.digits": 8}, loopback=False)
