"""The types of the fields of a world document."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from logindrill.rules.clocks import is_in_range
from logindrill.rules.decisions import Invalid
from logindrill.rules.durations import parse_duration, parse_offset
from logindrill.rules.texts import has_controls, is_storable

_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


class Part(BaseModel):
    """The base of every part of the document; it refuses unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


def moment(text: str, now: datetime) -> datetime:
    """The time a `Moment` means at `now`; raises ValueError."""
    if text.startswith(("P", "-P", "+P")):
        return now + _parse_duration(text)
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a time needs its offset, as in 2026-01-31T09:00:00Z")
    try:
        at = at.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("beyond the times that can be reckoned with") from error
    if not is_in_range(at):
        raise ValueError("beyond the times that can be reckoned with")
    return at


def render_moment(at: datetime) -> str:
    """A time in the form of a world document."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _parse_duration(text: str) -> timedelta:
    try:
        return parse_offset(text)
    except Invalid as error:
        raise ValueError(error.fields[0].detail) from error


def _storable(text: str) -> str:
    if not is_storable(text):
        raise ValueError("holds a character that cannot be stored")
    return text


def _printable(text: str) -> str:
    if has_controls(text):
        raise ValueError("control characters are not allowed")
    return text


def _moment(text: str) -> str:
    moment(text, _ANY_TIME)
    return text


def _duration(text: str) -> str:
    try:
        parse_duration(text)
    except Invalid as error:
        raise ValueError(error.fields[0].detail) from error
    return text


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
"""An id that the writer chooses."""
Line = Annotated[str, StringConstraints(min_length=1, max_length=254), AfterValidator(_printable)]
"""One line of text without control characters."""
Marks = Annotated[str, StringConstraints(min_length=1, max_length=1024), AfterValidator(_printable)]
"""Keyed digests of the near-miss forms of a password, separated by spaces."""
Secret = Annotated[str, StringConstraints(min_length=1, max_length=1024), AfterValidator(_storable)]
"""A password in plain text."""
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 digest in hex."""
Prose = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(_storable)]
"""Text of any number of lines."""
Moment = Annotated[str, StringConstraints(max_length=64), AfterValidator(_moment)]
"""A time: RFC 3339, or relative to the sandbox's now as an ISO 8601 duration such as -P29D."""
Duration = Annotated[str, StringConstraints(max_length=64), AfterValidator(_duration)]
"""A duration: ISO 8601 without months and years, such as PT3M."""
