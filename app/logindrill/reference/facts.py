"""The page of facts: everything that triage can be told beside a text, with the question that brings it."""

from logindrill.reference.markdown import GENERATED, table
from logindrill.triage.facts import FACTS, FactCard


def page() -> str:
    """All facts, in the order of the code."""
    return (
        GENERATED
        + "# Facts\n\n"
        + "What `POST /control/v1/triage` and `logindrill triage --fact NAME=VALUE` take of what is known of it. "
        + "The list is closed: another name, or another answer, is a mistake. Yes and no may be given as true and "
        + "false. A fact that was *seen* rules out what contradicts it; one that was *told* or *guessed* only lowers "
        + "it. Facts may be added; none is ever renamed.\n\n"
        + table(["fact", "question", "answers"], map(_row, FACTS.values()))
    )


def _row(fact: FactCard) -> list[str]:
    return [f"`{fact.name}`", fact.question, ", ".join(f"`{value}`" for value in fact.values)]
