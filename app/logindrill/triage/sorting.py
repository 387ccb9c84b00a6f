"""Triage: a ticket in, the failures that fit it out, ranked, and what to ask next."""

from dataclasses import dataclass

from logindrill.triage.candidates import candidates
from logindrill.triage.evidence import find
from logindrill.triage.judgement import Match, judge
from logindrill.triage.questions import Question, choose
from logindrill.triage.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Triage:
    """What a ticket comes to; `not_understood` is what of it said nothing here."""

    matches: tuple[Match, ...]
    ask_next: tuple[Question, ...]
    not_understood: tuple[str, ...]


def sort_out(ticket: Ticket) -> Triage:
    """The failures, and pairs of failures, that fit a ticket; a ticket that says nothing fits none, and everything is
    to be asked."""
    found = find(ticket)
    matches = judge(candidates(), found.evidence)
    known = frozenset(each.name for each in found.evidence)
    return Triage(matches, choose(matches or _all(), known), found.not_understood)


def _all() -> tuple[Match, ...]:
    return tuple(Match((candidate,), (), (), (), 0.0) for candidate in candidates())
