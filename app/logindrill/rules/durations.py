"""ISO 8601 durations without months and years, as the API uses them: `PT3M`, `P30D`, `P1DT12H`, `P2W`."""

import re
from datetime import timedelta

from logindrill.rules.decisions import invalid

LONGEST = timedelta(days=36_500)
_FORM = re.compile(
    r"P(?:(?P<weeks>[0-9]{1,20})W"
    r"|(?=[0-9T])(?:(?P<days>[0-9]{1,20})D)?"
    r"(?:T(?=[0-9])(?:(?P<hours>[0-9]{1,20})H)?(?:(?P<minutes>[0-9]{1,20})M)?(?:(?P<seconds>[0-9]{1,20}(?:\.[0-9]{1,6})?)S)?)?)"
)

_AMOUNT = re.compile(
    r"([0-9]{1,9})\s*(weeks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)(?![a-z])", re.IGNORECASE
)
_SPOKEN = re.compile(rf"{_AMOUNT.pattern}(?:[\s,]*(?:and\s+)?{_AMOUNT.pattern})*", re.IGNORECASE)
"""Spans in words: `45 minutes`, `2 h 30 min`, `1 day and 2 hours`."""


def parse_duration(text: object, field: str = "duration") -> timedelta:
    """The duration that `text` expresses, at most a hundred years; raises `Invalid` for anything else."""
    found = _FORM.fullmatch(text) if isinstance(text, str) else None
    if not isinstance(text, str):
        raise invalid(field, "It must be text, as in PT3M or P30D, in quotes or without.")
    if found is None:
        raise invalid(field, "Write a duration as in PT3M or P30D, without months and years.")
    units = {unit: _number(amount) for unit, amount in found.groupdict().items() if amount}
    try:
        span = timedelta(**units)
    except OverflowError:
        span = timedelta.max
    if span > LONGEST:
        raise invalid(field, f"A duration is at most {render_duration(LONGEST)}.")
    return span


def parse_span(text: str, field: str = "duration") -> timedelta:
    """A span as people type it, `45 minutes` or `1 day 2 hours`, or as `parse_duration` reads it; raises `Invalid`."""
    if not _SPOKEN.fullmatch(text.strip()):
        return parse_duration(text.strip(), field)
    amounts = dict.fromkeys("WDHMS", "")
    for amount, unit in _AMOUNT.findall(text):
        amounts[unit[0].upper()] += f"+{amount}"
    units = {"W": "weeks", "D": "days", "H": "hours", "M": "minutes", "S": "seconds"}
    try:
        span = timedelta(**{units[unit]: sum(map(int, said.split("+")[1:])) for unit, said in amounts.items()})
    except OverflowError:
        span = timedelta.max
    if span > LONGEST:
        raise invalid(field, f"A duration is at most {render_duration(LONGEST)}.")
    return span


def parse_offset(text: object, field: str = "time") -> timedelta:
    """A duration that may be negative, for times relative to now in a world: `-P29D`; raises `Invalid`."""
    if isinstance(text, str) and text[:1] in {"-", "+"}:
        span = parse_duration(text[1:], field)
        return -span if text[0] == "-" else span
    return parse_duration(text, field)


def render_duration(span: timedelta) -> str:
    """A duration in its only output form: days, hours, minutes, seconds, the largest first; zero is `PT0S`."""
    if span < timedelta(0):
        return f"-{render_duration(-span)}"
    hours, rest = divmod(span.seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    fraction = f".{span.microseconds:06d}".rstrip("0") if span.microseconds else ""
    time = "".join(f"{n}{u}" for n, u in ((hours, "H"), (minutes, "M")) if n)
    if seconds or fraction:
        time += f"{seconds}{fraction}S"
    date = f"{span.days}D" if span.days else ""
    return f"P{date}T{time}" if time else f"P{date or 'T0S'}"


def in_words(span: timedelta) -> str:
    """A duration in plain words with its two largest units: `40 seconds`, `1 day 2 hours`."""
    minutes, seconds = divmod(int(abs(span).total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    units = [(days, "day"), (hours, "hour"), (minutes, "minute"), (seconds, "second")]
    said = [f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in units if n]
    return " ".join(said[:2]) or "less than a second"


def _number(amount: str) -> int | float:
    return float(amount) if "." in amount else int(amount)
