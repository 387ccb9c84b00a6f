"""Findings of single checks, and chains of them: the first failure is the answer, later failures are further causes."""

from collections.abc import Iterable
from functools import lru_cache

from logindrill.rules.decisions import Check, Finding, Refused
from logindrill.rules.reasons import Reason

__all__ = ["Finding", "failed", "follow", "passed", "refuse"]


@lru_cache(maxsize=512)
def passed(name: str, evidence: str) -> Finding:
    """A passed check. Equal findings are shared objects, since every sign-in makes them."""
    return Finding(Check(name, True, str(evidence)), None)


def failed(name: str, reason: Reason, evidence: str | None = None) -> Finding:
    """A failed check with its reason; without evidence, the reason's general sentence is used."""
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
    """The refusal at the end of a chain, with every failure of `rest` as a further cause (overall rule 4)."""
    return Refused(reason, tuple(chain), further=tuple(finding for finding in rest if finding.reason is not None))
