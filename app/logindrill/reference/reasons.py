"""The page of reasons: every true cause, what the public is told of it, and what cures it."""

from logindrill.reference.markdown import GENERATED, table
from logindrill.rules.reasons import REASONS, Reason


def page() -> str:
    """All reasons, in the order of the code."""
    return (
        GENERATED
        + "# Reasons\n\n"
        + "The public answer and the true cause are two things. A client app gets the problem; the tester, and staff "
        + "with `diagnosis.read`, get the reason. Reasons may be added; none is ever renamed. *unchanged 202* is the "
        + "answer everybody gets, *why asked* is no refusal but the reason for a further step.\n\n"
        + table(["reason", "public problem", "what is true", "what cures it", "rules"], map(_row, REASONS.values()))
    )


def _row(reason: Reason) -> list[str]:
    cures = "; ".join(f"{remedy.who}: {remedy.action}" for remedy in reason.remedies)
    told = f"`{reason.problem}`" if reason.problem else _UNTOLD.get(reason.about, "*unchanged 202*")
    return [f"`{reason.code}`", told, reason.cause, cures, ", ".join(reason.rule_ids)]


_UNTOLD = {"device": "*why asked*"}
