"""What a defence is: a guarantee of a flow, and the standards that require it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Defence:
    """A guarantee in one or two sentences; `source` names sections of ASVS 5.0.0, NIST SP 800-63B-4, or an RFC."""

    promise: str
    source: str
