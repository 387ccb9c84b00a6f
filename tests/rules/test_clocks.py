"""A clock goes forward, within the times that can be reckoned with."""

from datetime import UTC, datetime, timedelta

import pytest

from logindrill.rules.clocks import EARLIEST, LATEST, is_in_range, judge_move, judge_time
from logindrill.rules.decisions import Invalid, Refused
from logindrill.rules.durations import LONGEST
from logindrill.rules.reasons import CLOCK_BACKWARDS
from tests.rules.moments import DAY, INSTANT, NOON

END_OF_TIME = datetime.max.replace(tzinfo=UTC)


@pytest.mark.parametrize("step", [timedelta(0), INSTANT, 30 * DAY])
def test_the_clock_may_stay_or_go_forward(step: timedelta) -> None:
    judge_move(NOON, NOON + step)


@pytest.mark.rule("rule-8")
@pytest.mark.parametrize("earlier", [NOON - INSTANT, EARLIEST - DAY])
def test_the_clock_never_goes_back(earlier: datetime) -> None:
    with pytest.raises(Refused) as refused:
        judge_move(NOON, earlier)
    assert refused.value.reason is CLOCK_BACKWARDS


@pytest.mark.parametrize("beyond", [LATEST + INSTANT, END_OF_TIME])
def test_a_time_beyond_all_clocks_is_named_as_a_field(beyond: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        judge_move(NOON, beyond, "by")
    assert [error.field for error in refused.value.fields] == ["by"]


@pytest.mark.parametrize("at", [EARLIEST, NOON, LATEST])
def test_a_clock_shows_every_time_that_tests_are_about(at: datetime) -> None:
    judge_time(at, "now")
    assert is_in_range(at)


@pytest.mark.parametrize("at", [datetime.min.replace(tzinfo=UTC), END_OF_TIME])
def test_times_at_the_edge_of_the_calendar_are_beyond_reckoning(at: datetime) -> None:
    assert not is_in_range(at)


def test_the_longest_span_fits_around_every_time_of_a_clock() -> None:
    assert is_in_range(EARLIEST - timedelta(days=365 * 50))
    assert EARLIEST - LONGEST < LATEST + LONGEST
