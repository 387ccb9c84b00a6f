"""Every failure of the catalogue is found again from what its client sees, and comes to the top with its own facts."""

import pytest

from logindrill.scenarios.catalogue import scenarios
from logindrill.triage.candidates import CLIENT, CODE, ERROR_MESSAGE, Candidate, candidates
from logindrill.triage.facts import FACTS, Fact
from logindrill.triage.sorting import rank_failures
from logindrill.triage.ticket import Certainty, KnownFact, Ticket
from tests.support.sets import thinned

each_fourth = pytest.mark.parametrize("candidate", thinned(candidates(), 4), ids=lambda candidate: candidate.name)


def seen_by_the_client(candidate: Candidate, *facts: KnownFact) -> Ticket:
    """What somebody reports who met this failure: symptom, exact text, client."""
    texts = sorted(candidate.says[ERROR_MESSAGE] - candidate.says[CODE])
    return Ticket(
        symptom=candidate.symptom,
        error_message=texts[0] if texts else None,
        client=min(candidate.says[CLIENT]),
        facts=facts,
    )


def own_facts(candidate: Candidate) -> list[KnownFact]:
    return [KnownFact(Fact(name), min(values)) for name, values in candidate.says.items() if name in FACTS]


def found(ticket: Ticket) -> list[tuple[str, ...]]:
    return [tuple(member.name for member in match.members) for match in rank_failures(ticket).matches]


def test_every_scenario_is_a_candidate() -> None:
    assert [candidate.name for candidate in candidates()] == list(scenarios())


@each_fourth
def test_what_the_client_sees_finds_the_failure(candidate: Candidate) -> None:
    assert (candidate.name,) in found(seen_by_the_client(candidate))


@each_fourth
def test_its_own_facts_bring_it_among_the_first_three(candidate: Candidate) -> None:
    assert (candidate.name,) in found(seen_by_the_client(candidate, *own_facts(candidate)))[:3]


def test_a_failure_says_only_what_is_published() -> None:
    for candidate in candidates():
        for name, values in candidate.says.items():
            assert name not in FACTS or values <= set(FACTS[Fact(name)].values), (candidate.name, name)


@each_fourth
def test_a_contradicting_fact_rules_out_only_if_it_was_seen(candidate: Candidate) -> None:
    fact, other = next(
        (fact, value)
        for fact, card in FACTS.items()
        for value in card.values
        if fact in candidate.says and value not in candidate.says[fact]
    )
    seen = seen_by_the_client(candidate, KnownFact(fact, other))
    assert (candidate.name,) not in found(seen)
    reported = seen_by_the_client(candidate, KnownFact(fact, other, Certainty.TOLD))
    assert (candidate.name,) in found(reported)


@pytest.mark.parametrize("fact", FACTS)
def test_every_fact_is_one_that_some_failure_depends_on(fact: Fact) -> None:
    tells_how_sure_the_text_is = fact is Fact.ERROR_TEXT_EXACT
    assert tells_how_sure_the_text_is or any(fact in candidate.says for candidate in candidates())
