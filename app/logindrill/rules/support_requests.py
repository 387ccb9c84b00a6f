"""What somebody reports who cannot get in, held against what is on record (A36-A40, C16)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

_CLOSE_ENOUGH = timedelta(minutes=1)
"""People tell times to the minute."""


class ReportedField(StrEnum):
    """What of a report can be held against the record."""

    ERROR_MESSAGE = "error_message"
    LAST_SIGNED_IN = "last_signed_in"


@dataclass(frozen=True, slots=True)
class Reported:
    """What the sender says, in their own words: the exact error message, the last successful sign-in (a date, a time
    or anything else), the steps tried already, and an attempt id where their app showed one."""

    error_message: str | None = None
    last_signed_in: str | None = None
    steps_tried: Sequence[str] = ()
    attempt_id: str | None = None


def differences(reported: Reported, error_message: str | None, last_signed_in: datetime | None) -> list[ReportedField]:
    """What was reported otherwise than it is on record; what was left out, or cannot be compared, does not differ
    (A38, A39)."""
    found = []
    if reported.error_message is not None and not _says(reported.error_message, error_message):
        found.append(ReportedField.ERROR_MESSAGE)
    if reported.last_signed_in is not None and not _is_then(reported.last_signed_in, last_signed_in):
        found.append(ReportedField.LAST_SIGNED_IN)
    return found


def _says(reported: str, recorded: str | None) -> bool:
    """Whether the text that was shown is there; case, spaces and what stands around it aside."""
    return recorded is not None and _plain(recorded) in _plain(reported)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".!")


def _is_then(reported: str, recorded: datetime | None) -> bool:
    """Whether a told date or time is the recorded one: to the day, or to the minute; True for words."""
    told = _parse(reported)
    if told is None:
        return True
    if recorded is None:
        return False
    if isinstance(told, datetime):
        return abs(told - recorded) < _CLOSE_ENOUGH
    return told == recorded.date()


def _parse(text: str) -> datetime | date | None:
    """The date, or the time (UTC where it names no zone), that a text is; None for other words."""
    text = text.strip()
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        told = datetime.fromisoformat(text)
        return told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
