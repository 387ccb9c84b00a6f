"""A clock goes forward, within the times that can be reckoned with."""

from datetime import UTC, datetime, timedelta

import pytest

from logindrill.rules.clocks import EARLIEST, LATEST, is_reckonable, judge_move
from logindrill.rules.decisions import Invalid, Refused
from logindrill.rules.durations import LONGEST
from logindrill.rules.reasons import CLOCK_BACKWARDS
from tests.rules.moments import DAY, INSTANT, NOON


@pytest.mark.parametrize("step", [timedelta(0), INSTANT, 30 * DAY])
def test_the_clock_may_stay_or_go_forward(step: timedelta) -> None:
    judge_move(NOON, NOON + step)


def test_the_clock_never_goes_back() -> None:
    with pytest.raises(Refused) as refused:
        judge_move(NOON, NOON - INSTANT)
    assert refused.value.reason is CLOCK_BACKWARDS


@pytest.mark.parametrize("beyond", [EARLIEST - INSTANT, LATEST + INSTANT, datetime.max.replace(tzinfo=UTC)])
def test_a_time_beyond_reckoning_is_named_as_a_field(beyond: datetime) -> None:
    assert not is_reckonable(beyond)
    with pytest.raises(Invalid) as refused:
        judge_move(NOON, beyond, "by")
    assert [error.field for error in refused.value.fields] == ["by"]


def test_the_longest_span_fits_around_every_reckonable_time() -> None:
    assert EARLIEST - LONGEST < EARLIEST < LATEST < LATEST + LONGEST
