"""What a single check finds: that it held, or that it did not and for which reason."""

from functools import lru_cache
from typing import NamedTuple

from logindrill.rules.decisions import Check
from logindrill.rules.reasons import Reason


class Finding(NamedTuple):
    """A check as it is kept, and the reason if it failed."""

    check: Check
    reason: Reason | None


@lru_cache(maxsize=512)
def held(name: str, evidence: str) -> Finding:
    """The check held. Equal findings are made once: this is on the way of every sign-in."""
    return Finding(Check(name, True, str(evidence)), None)


def failed(name: str, reason: Reason, evidence: str) -> Finding:
    """The check failed, for this reason."""
    return Finding(Check(name, False, str(evidence)), reason)
