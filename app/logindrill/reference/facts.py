"""The page of facts: everything that triage accepts besides an error text, with the question to ask for it."""

from logindrill.reference.markdown import GENERATED, table
from logindrill.triage.facts import FACTS, FactCard


def page() -> str:
    """All facts, in the order of the code."""
    return (
        GENERATED
        + "# Facts\n\n"
        + "What you know about a login failure besides its error text. `POST /control/v1/triage` and "
        + "`logindrill triage --fact NAME=VALUE` accept these facts and answers only; every other name or answer is an "
        + "error. You may write yes and no as true and false. A fact that you *saw* rules out every scenario that "
        + "contradicts it. A fact that somebody *told* you, or that you *guessed*, only makes such a scenario less "
        + "likely. Facts may be added; none is ever renamed.\n\n"
        + table(["fact", "question", "answers"], map(_row, FACTS.values()))
    )


def _row(fact: FactCard) -> list[str]:
    return [f"`{fact.name}`", fact.question, ", ".join(f"`{value}`" for value in fact.values)]
