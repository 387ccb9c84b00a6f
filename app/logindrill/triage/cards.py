"""The result of a triage as values for API and command line."""

from collections.abc import Mapping
from dataclasses import dataclass

from logindrill.triage.facts import FACTS, Fact
from logindrill.triage.judgement import TriageMatch
from logindrill.triage.questions import Question
from logindrill.triage.sorting import Triage


@dataclass(frozen=True, slots=True)
class MatchCard:
    """A scenario, or two scenarios together, that may explain the ticket. `causes` are the true reasons.

    `agrees`, `contradicts` and `open` name facts, other fields of the ticket, or `steps_tried.{remedy}`. A remedy that
    did not help agrees with a scenario that it does not solve, and contradicts one that it solves.
    """

    scenarios: tuple[str, ...]
    preset: str
    causes: tuple[str, ...]
    agrees: tuple[str, ...]
    contradicts: tuple[str, ...]
    open: tuple[str, ...]
    expects: Mapping[Fact, tuple[str, ...]]
    score: float


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """A question to ask next."""

    question: str
    fact: Fact
    splits: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class TriageCard:
    """The likeliest matches first; `not_understood` lists the parts of the ticket that could not be used."""

    matches: tuple[MatchCard, ...]
    ask_next: tuple[QuestionCard, ...]
    not_understood: tuple[str, ...]


def card(triage: Triage) -> TriageCard:
    """The card of a triage."""
    return TriageCard(tuple(map(_match, triage.matches)), tuple(map(_question, triage.ask_next)), triage.not_understood)


def _match(match: TriageMatch) -> MatchCard:
    return MatchCard(
        scenarios=tuple(member.name for member in match.members),
        preset=match.members[0].preset,
        causes=tuple(member.cause.code for member in match.members if member.cause is not None),
        agrees=match.agrees,
        contradicts=match.contradicts,
        open=match.open,
        expects=_expected(match),
        score=match.score,
    )


def _expected(match: TriageMatch) -> Mapping[Fact, tuple[str, ...]]:
    return {
        fact: tuple(value for value in known.values if any(value in m.says.get(fact, ()) for m in match.members))
        for fact, known in FACTS.items()
        if any(fact in member.says for member in match.members)
    }


def _question(question: Question) -> QuestionCard:
    return QuestionCard(question.question, question.fact, question.splits)
