"""Compares what a person reports who cannot sign in with what is recorded (A36-A40, C16)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

_CLOSE_ENOUGH = timedelta(minutes=1)
"""People give times to the minute."""


class ReportedField(StrEnum):
    """The fields of a report that can be compared with the record."""

    ERROR_MESSAGE = "error_message"
    LAST_SIGNED_IN = "last_signed_in"


@dataclass(frozen=True, slots=True)
class Reported:
    """What the sender reported, in their own words."""

    error_message: str | None = None
    last_signed_in: str | None = None
    steps_tried: Sequence[str] = ()
    attempt_id: str | None = None


def differences(reported: Reported, error_message: str | None, last_signed_in: datetime | None) -> list[ReportedField]:
    """The fields in which report and record differ; a missing or incomparable field does not differ (A38, A39)."""
    found = []
    if reported.error_message is not None and not _says(reported.error_message, error_message):
        found.append(ReportedField.ERROR_MESSAGE)
    if reported.last_signed_in is not None and not _is_then(reported.last_signed_in, last_signed_in):
        found.append(ReportedField.LAST_SIGNED_IN)
    return found


def _says(reported: str, recorded: str | None) -> bool:
    """Whether the report contains the recorded text; case, spaces and text around it do not matter."""
    return recorded is not None and _plain(recorded) in _plain(reported)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".!")


def _is_then(reported: str, recorded: datetime | None) -> bool:
    """Whether a reported date or time is the recorded one, to the day or to the minute; True for other words."""
    reported_time = _parse(reported)
    if reported_time is None:
        return True
    if recorded is None:
        return False
    if isinstance(reported_time, datetime):
        return abs(reported_time - recorded) < _CLOSE_ENOUGH
    return reported_time == recorded.date()


def _parse(text: str) -> datetime | date | None:
    """The date, or the time (UTC without a time zone), that a text expresses; None for other words."""
    text = text.strip()
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        reported_time = datetime.fromisoformat(text)
        return reported_time.replace(tzinfo=UTC) if reported_time.tzinfo is None else reported_time.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
