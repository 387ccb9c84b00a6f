"""Chooses the next questions: those whose answers best distinguish the remaining failures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2

from logindrill.triage.candidates import Candidate
from logindrill.triage.facts import FACTS, Fact, FactCard
from logindrill.triage.judgement import TriageMatch

_MOST = 5
_LEAST_GAIN = 0.02
_MISTAKEN = 0.05
"""The probability of an answer that a failure does not lead one to expect."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its fact, and for each answer the failures that expect it."""

    question: str
    fact: Fact
    splits: Mapping[str, tuple[str, ...]]
    gain: float
    """The information gain in bits, averaged over the answers."""


def choose(matches: Sequence[TriageMatch], known: frozenset[str]) -> tuple[Question, ...]:
    """The best questions about unknown facts, the one with the highest gain first.

    None where there is nothing to distinguish.
    """
    singles = [match for match in matches if len(match.members) == 1]
    if not singles:
        return ()
    best = max(match.score for match in singles)
    weights = {match.members[0]: 2.0 ** (match.score - best) for match in singles}
    asked = (_ask(card, weights) for fact, card in FACTS.items() if fact not in known and fact is not _OF_THE_TEXT)
    found = sorted((question for question in asked if question.gain > _LEAST_GAIN), key=lambda each: -each.gain)
    return tuple(found[:_MOST])


def _ask(card: FactCard, weights: Mapping[Candidate, float]) -> Question:
    splits = {
        value: tuple(each.name for each in weights if value in each.says.get(card.name, ())) for value in card.values
    }
    return Question(
        card.question, card.name, {value: names for value, names in splits.items() if names}, _gain(card, weights)
    )


def _gain(card: FactCard, weights: Mapping[Candidate, float]) -> float:
    """Mutual information between the failure and the answer, in bits."""
    total = sum(weights.values())
    chances = [(weight / total, _expected(card, candidate)) for candidate, weight in weights.items()]
    answers = [sum(share * expected[i] for share, expected in chances) for i in range(len(card.values))]
    within = sum(share * _entropy(expected) for share, expected in chances)
    return round(_entropy(answers) - within, 4)


def _expected(card: FactCard, candidate: Candidate) -> list[float]:
    """The probability of each answer, given this failure."""
    said = candidate.says.get(card.name)
    if said is None or len(said) == len(card.values):
        return [1 / len(card.values)] * len(card.values)
    other = _MISTAKEN / (len(card.values) - len(said))
    return [(1 - _MISTAKEN) / len(said) if value in said else other for value in card.values]


def _entropy(shares: Sequence[float]) -> float:
    return -sum(share * log2(share) for share in shares if share > 0)


_OF_THE_TEXT = Fact.ERROR_TEXT_EXACT
"""Expresses how certain another fact is; no failure expects an answer to it."""
