"""What a test of the rules asks of a decision."""

from logindrill.rules.decisions import Decision, Refused, SecondFactorDecision
from logindrill.rules.reasons import Reason


def causes_of(decision: Decision) -> tuple[Reason, ...]:
    """Everything that stands between the person and being in, in the order of cure; a factor that is asked counts."""
    if isinstance(decision, Refused):
        return decision.causes
    return (decision.reason,) if isinstance(decision, SecondFactorDecision) else ()
