"""The next question is the one that tells the remaining failures apart."""

from logindrill.scenarios.scenario import Symptom
from logindrill.triage.facts import FACTS, Fact
from logindrill.triage.sorting import rank_failures
from logindrill.triage.ticket import KnownFact, Ticket

THROWN_OUT = Ticket(symptom=Symptom.THROWN_OUT)


def test_the_best_question_comes_first_and_splits_by_its_answers() -> None:
    best, *others = rank_failures(THROWN_OUT).ask_next
    assert best.fact is Fact.SESSION_ENDED
    assert best.question == FACTS[Fact.SESSION_ENDED].question
    assert "session-ended-overnight" in best.splits["after_a_pause"]
    assert all(best.gain >= other.gain for other in others)


def test_an_answer_leaves_those_that_expect_it() -> None:
    best = rank_failures(THROWN_OUT).ask_next[0]
    answered = Ticket(symptom=Symptom.THROWN_OUT, facts=(KnownFact(best.fact, "after_a_pause"),))
    left = {match.members[0].name for match in rank_failures(answered).matches}
    assert set(best.splits["after_a_pause"]) <= left
    assert not left & set(best.splits["after_signing_out"])


def test_what_is_known_is_not_asked() -> None:
    answered = Ticket(symptom=Symptom.THROWN_OUT, facts=(KnownFact(Fact.SESSION_ENDED, "after_a_pause"),))
    assert Fact.SESSION_ENDED not in [question.fact for question in rank_failures(answered).ask_next]


def test_nothing_is_asked_where_one_failure_is_left() -> None:
    facts = (KnownFact(Fact.SESSION_ENDED, "after_signing_out"), KnownFact(Fact.AT_STEP, "signed_in"))
    triage = rank_failures(Ticket(symptom=Symptom.THROWN_OUT, facts=facts, reasons=("signed_out",)))
    assert triage.ask_next == ()
