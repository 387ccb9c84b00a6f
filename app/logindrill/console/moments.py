"""Times and durations in the form that testers read."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from logindrill.rules.durations import parse_duration

_UNITS = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))


def day(when: datetime) -> str:
    """2 Mar 2026."""
    return f"{when.day} {when:%b %Y}"


def hour(when: datetime) -> str:
    """09:00:12."""
    return f"{when:%H:%M:%S}"


def instant(when: datetime) -> str:
    """2 Mar 2026, 09:00:12."""
    return f"{day(when)}, {hour(when)}"


def machine(when: datetime) -> str:
    """As a script and the `datetime` attribute read it."""
    return when.isoformat().replace("+00:00", "Z")


def span(length: timedelta | str) -> str:
    """1 d 3 h: the two largest units that are not nothing; a span may be given in ISO 8601."""
    seconds = round((parse_duration(length) if isinstance(length, str) else length).total_seconds())
    parts = []
    for unit, size in _UNITS:
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count} {unit}")
    return " ".join(parts[:2]) or "0 s"


FILTERS: dict[str, Callable[[Any], str]] = {
    "day": day,
    "hour": hour,
    "instant": instant,
    "machine": machine,
    "span": span,
}
