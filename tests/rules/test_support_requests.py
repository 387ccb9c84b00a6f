"""What was reported is held against the record, allowing for how people write."""

from datetime import UTC, datetime

import pytest

from logindrill.rules.support_requests import Reported, ReportedField, differences

TEXT = "The e-mail address or password is incorrect."
NOON = datetime(2026, 3, 1, 12, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "expected", [TEXT, TEXT.upper(), f'it says "{TEXT}" all the time', "the e-mail  address or\npassword is incorrect"]
)
def test_the_same_text_does_not_differ(expected: str) -> None:
    assert differences(Reported(error_message=expected), TEXT, None) == []


@pytest.mark.rule("A38")
def test_another_text_differs_and_so_does_one_where_none_was_shown() -> None:
    assert differences(Reported(error_message="Account disabled"), TEXT, None) == [ReportedField.ERROR_MESSAGE]
    assert differences(Reported(error_message=TEXT), None, None) == [ReportedField.ERROR_MESSAGE]


@pytest.mark.parametrize(
    "expected",
    ["2026-03-01", "2026-03-01T12:00:00Z", "2026-03-01T13:00:59+01:00", "2026-03-01 12:01", " 2026-03-01 "],
)
def test_the_same_day_or_minute_does_not_differ(expected: str) -> None:
    assert differences(Reported(last_signed_in=expected), None, NOON) == []


@pytest.mark.rule("A39")
@pytest.mark.parametrize("expected", ["2026-02-28", "2026-03-01T12:02:00Z", "2026-03-01T12:00:00+01:00"])
def test_another_day_or_time_differs(expected: str) -> None:
    assert differences(Reported(last_signed_in=expected), None, NOON) == [ReportedField.LAST_SIGNED_IN]


def test_a_success_that_is_not_on_record_differs() -> None:
    assert differences(Reported(last_signed_in="2026-03-01"), None, None) == [ReportedField.LAST_SIGNED_IN]


@pytest.mark.parametrize("expected", ["yesterday", "0001-01-01T00:00:00+14:00", "2026-02-31", "\u0661"])
def test_words_cannot_be_compared(expected: str) -> None:
    assert differences(Reported(last_signed_in=expected), None, NOON) == []


def test_what_was_left_out_does_not_differ() -> None:
    assert differences(Reported(), TEXT, NOON) == []
