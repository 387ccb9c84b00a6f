"""Triage: finds the failures that fit a ticket, ranks them, and chooses the next questions."""

from dataclasses import dataclass

from logindrill.triage.candidates import candidates
from logindrill.triage.evidence import find
from logindrill.triage.judgement import TriageMatch, judge
from logindrill.triage.questions import Question, choose
from logindrill.triage.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Triage:
    """The result of a ticket; `not_understood` lists the parts that could not be used."""

    matches: tuple[TriageMatch, ...]
    ask_next: tuple[Question, ...]
    not_understood: tuple[str, ...]


def rank_failures(ticket: Ticket) -> Triage:
    """The failures, and pairs of failures, that fit a ticket; an empty ticket fits none, and leads to all questions."""
    found = find(ticket)
    matches = judge(candidates(), found.evidence)
    known = frozenset(each.name for each in found.evidence)
    return Triage(matches, choose(matches or _all(), known), found.not_understood)


def _all() -> tuple[TriageMatch, ...]:
    return tuple(TriageMatch((candidate,), (), (), (), 0.0) for candidate in candidates())
