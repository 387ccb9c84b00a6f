"""How recent a proof must be before a second factor may be changed (S34)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from logindrill.rules.knobs import knob, span
from logindrill.rules.reasons import REAUTHENTICATION_REQUIRED, Reason


@dataclass(frozen=True, slots=True)
class ProofPolicy:
    """How long a passed factor counts as fresh."""

    max_age: timedelta = knob(
        timedelta(minutes=5),
        "How recently a person must have passed the second factor in order to change it.",
        "A18",
        form=span(timedelta(seconds=1), timedelta(hours=1)),
    )


def judge(factor_passed_at: datetime | None, policy: ProofPolicy, now: datetime, *, has_factor: bool) -> Reason | None:
    """Why the factor may not be changed now; a first factor needs no more than the current password."""
    if not has_factor:
        return None
    is_fresh = factor_passed_at is not None and now < factor_passed_at + policy.max_age
    return None if is_fresh else REAUTHENTICATION_REQUIRED
