"""Limits on failed tries: the sliding window shared by passwords and codes (overall rule 6, D14)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from logindrill.rules.decisions import invalid
from logindrill.rules.knobs import knob, span, switch, whole

ENABLED = "throttling.enabled"


@dataclass(frozen=True, slots=True)
class ThrottlingPolicy:
    """How many failed passwords lock an account for how long. No article mentions it, so it is off by default."""

    enabled: bool = knob(
        False,
        "Whether too many failed passwords lock an account; always on if other machines can reach the server.",
        "rule-6",
        "D14",
        form=switch(),
    )
    failures: int = knob(
        10, "How many failed passwords within the window lock an account.", "rule-6", "D14", form=whole(1, 100)
    )
    window: timedelta = knob(
        timedelta(minutes=15),
        "The sliding window in which failed passwords are counted.",
        "rule-6",
        "D14",
        form=span(timedelta(seconds=1), timedelta(days=1)),
    )


def throttled_until(failures: Iterable[datetime], policy: ThrottlingPolicy, now: datetime) -> datetime | None:
    """When the account may be tried again, or None if it may be now; `failures` are the times of failed passwords."""
    return blocked_until(failures, policy.failures, policy.window, now) if policy.enabled else None


def blocked_until(times: Iterable[datetime], limit: int, window: timedelta, now: datetime) -> datetime | None:
    """The first moment at which fewer than `limit` of the `times` lie within the last `window`; None if that is now."""
    recent = sorted(time for time in times if time > now - window)
    return recent[-limit] + window if len(recent) >= limit else None


def judge_change(changes: Mapping[str, Any], *, loopback: bool) -> None:
    """Raise `Invalid` where a change would leave passwords unlimited beyond loopback (D14)."""
    if not loopback and changes.get(ENABLED) is False:
        raise invalid(ENABLED, "Beyond loopback, failed passwords are always limited.")


def with_throttling(changes: Mapping[str, Any], *, loopback: bool) -> Mapping[str, Any]:
    """The effective changes of a sandbox: beyond loopback throttling is always on (D14)."""
    return changes if loopback else {**changes, ENABLED: True}
