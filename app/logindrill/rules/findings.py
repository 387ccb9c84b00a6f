"""What single checks find, and how a list of them is followed: the first that fails answers, the rest is told too."""

from collections.abc import Iterable
from functools import lru_cache

from logindrill.rules.decisions import Check, Finding, Refused
from logindrill.rules.reasons import Reason

__all__ = ["Finding", "failed", "follow", "held", "refuse"]


@lru_cache(maxsize=512)
def held(name: str, evidence: str) -> Finding:
    """The check held. Equal findings are made once: this is on the way of every sign-in."""
    return Finding(Check(name, True, str(evidence)), None)


def failed(name: str, reason: Reason, evidence: str | None = None) -> Finding:
    """The check failed, for this reason; without evidence, what the reason says in general."""
    return Finding(Check(name, False, str(reason.cause if evidence is None else evidence)), reason)


def follow(findings: Iterable[Finding]) -> tuple[tuple[Check, ...], Refused | None]:
    """The chain of checks up to the one that fails, and its refusal with what fails after it; None where all hold."""
    chain: list[Check] = []
    rest = iter(findings)
    for finding in rest:
        chain.append(finding.check)
        if finding.reason is not None:
            return tuple(chain), refuse(chain, finding.reason, rest)
    return tuple(chain), None


def refuse(chain: Iterable[Check], reason: Reason, rest: Iterable[Finding]) -> Refused:
    """The refusal at the end of a chain; of `rest`, whatever failed as well (overall rule 4)."""
    return Refused(reason, tuple(chain), further=tuple(finding for finding in rest if finding.reason is not None))
