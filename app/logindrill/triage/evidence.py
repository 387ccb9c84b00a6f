"""Splits a ticket into single pieces of evidence, each of which a failure agrees with, contradicts, or leaves open."""

from collections.abc import Iterator
from dataclasses import dataclass

from logindrill.rules.problems import PROBLEMS
from logindrill.scenarios.scenario import Symptom
from logindrill.triage import remedies
from logindrill.triage.candidates import CLIENT, CODE, ERROR_MESSAGE, REASON, SYMPTOM, Candidate, texts
from logindrill.triage.facts import FACTS, NO, YES, Fact
from logindrill.triage.texts import recognise
from logindrill.triage.ticket import Certainty, KnownFact, Ticket

TRIED = "steps_tried."
"""The prefix before the code of a remedy that was tried and did not help."""

_CLIENTS = ("web", "mobile")
_MANY = 1000
"""The assumed number of possible reasons; so high that the attempt's own reason outweighs everything else."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One known thing: its name, the answers that fit it, how many answers there could be, and how certain it is."""

    name: str
    values: frozenset[str]
    choices: int
    certainty: Certainty

    def agrees(self, candidate: Candidate) -> bool:
        """Whether the candidate expects the same."""
        said = candidate.says.get(self.name)
        return said is not None and not self.values.isdisjoint(said)

    def contradicts(self, candidate: Candidate) -> bool:
        """Whether the candidate expects something else, or is cured by a remedy that was tried in vain."""
        if self.name.startswith(TRIED):
            return not self.values.isdisjoint(candidate.cures)
        said = candidate.says.get(self.name)
        return said is not None and self.values.isdisjoint(said)


@dataclass(frozen=True, slots=True)
class Findings:
    """All evidence of a ticket; `not_understood` lists the parts that could not be used."""

    evidence: tuple[Evidence, ...]
    not_understood: tuple[str, ...]


def find(ticket: Ticket) -> Findings:
    """The evidence of a ticket. A fact that is given counts as given.

    A fact that only follows from other words yields to it.
    """
    given = {fact.fact: fact for fact in ticket.facts}
    steps = [(step, remedies.meant(step)) for step in ticket.steps_tried]
    tried = sorted({code for _, codes in steps for code in codes})
    text = _text(ticket, given)
    implied = {fact: _from_report(fact, value) for fact, value in _implied(ticket, tried) if fact not in given}
    found = (
        *_fields(ticket),
        *((text,) if text is not None else ()),
        *(_of_fact(fact) for fact in (*given.values(), *implied.values()) if fact.fact is not Fact.ERROR_TEXT_EXACT),
        *(Evidence(TRIED + code, frozenset({code}), 1, Certainty.TOLD) for code in tried),
    )
    return Findings(found, (*_not_recognised(ticket, text), *(step for step, codes in steps if not codes)))


def _fields(ticket: Ticket) -> Iterator[Evidence]:
    """A symptom is somebody's description; code and client were read from the screen."""
    for reason in ticket.reasons:
        yield Evidence(REASON, frozenset({reason}), _MANY, Certainty.TOLD)
    if ticket.symptom is not None:
        yield Evidence(SYMPTOM, frozenset({ticket.symptom.value}), len(Symptom), Certainty.TOLD)
    if ticket.code in PROBLEMS:
        yield Evidence(CODE, frozenset({str(ticket.code)}), len(PROBLEMS), Certainty.SEEN)
    if ticket.client is not None:
        yield Evidence(CLIENT, frozenset({ticket.client}), len(_CLIENTS), Certainty.SEEN)


def _text(ticket: Ticket, given: dict[Fact, KnownFact]) -> Evidence | None:
    """An exact text of the catalogue rules the other texts out, unless it is a paraphrase.

    A text that only contains one counts less.
    """
    heard = recognise(ticket.error_message, texts(), ticket.wording) if ticket.error_message else None
    if heard is None:
        return None
    reworded = Fact.ERROR_TEXT_EXACT in given and given[Fact.ERROR_TEXT_EXACT].value == NO
    certainty = Certainty.SEEN if heard.exact and not reworded else Certainty.TOLD
    return Evidence(ERROR_MESSAGE, heard.texts, len(PROBLEMS), certainty)


def _not_recognised(ticket: Ticket, text: Evidence | None) -> Iterator[str]:
    if ticket.error_message and text is None:
        yield ticket.error_message
    if ticket.code is not None and ticket.code not in PROBLEMS:
        yield ticket.code


def _implied(ticket: Ticket, tried: list[str]) -> Iterator[tuple[Fact, str]]:
    if ticket.last_signed_in:
        yield Fact.WORKED_BEFORE, NO if ticket.last_signed_in.strip().casefold() in _NEVER else YES
    yield from (remedies.SHOWS[code] for code in tried if code in remedies.SHOWS)


def _from_report(fact: Fact, value: str) -> KnownFact:
    return KnownFact(fact, value, Certainty.TOLD)


def _of_fact(known: KnownFact) -> Evidence:
    return Evidence(known.fact, frozenset({known.value}), len(FACTS[known.fact].values), known.certainty)


_NEVER = frozenset({"never", "not yet", "none", "-"})
