"""A ticket in, failures out: by their texts, ranked by what is known, in pairs where one alone does not fit."""

from collections import Counter

import pytest

from logindrill.presets import PRESETS
from logindrill.rules.problems import PROBLEMS
from logindrill.rules.reasons import Who
from logindrill.scenarios.scenario import Symptom
from logindrill.triage.facts import Fact
from logindrill.triage.judgement import TriageMatch
from logindrill.triage.sorting import Triage, rank_failures
from logindrill.triage.ticket import Certainty, KnownFact, Ticket

INVALID = "Invalid User / password"


def names(triage: Triage) -> list[tuple[str, ...]]:
    return [tuple(member.name for member in match.members) for match in triage.matches]


def the_match(triage: Triage, *wanted: str) -> TriageMatch:
    return next(match for match in triage.matches if tuple(member.name for member in match.members) == wanted)


def know(fact: Fact, value: str, certainty: Certainty = Certainty.SEEN) -> KnownFact:
    return KnownFact(fact, value, certainty)


def test_an_exact_text_finds_exactly_the_failures_that_say_it() -> None:
    triage = rank_failures(Ticket(error_message=INVALID))
    assert {match.members[0].preset for match in triage.matches} == {"customer-app"}
    codes = {str(each) for match in triage.matches for member in match.members for each in member.says["code"]}
    assert codes == {"invalid_credentials"}
    assert ("invalid-password",) in names(triage)
    assert ("secondary-address-sign-in",) in names(triage)


@pytest.mark.parametrize("text", [f"  {INVALID.upper()}.  ", f'"{INVALID}"', "Invalid  User/password!"])
def test_case_spaces_and_punctuation_do_not_matter(text: str) -> None:
    assert names(rank_failures(Ticket(error_message=text))) == names(rank_failures(Ticket(error_message=INVALID)))


def test_a_text_within_a_longer_one_counts_less() -> None:
    within = the_match(rank_failures(Ticket(error_message=f"It says: {INVALID}, why?")), "invalid-password")
    exact = the_match(rank_failures(Ticket(error_message=INVALID)), "invalid-password")
    assert 0 < within.score < exact.score


def test_one_sentence_of_a_text_is_enough() -> None:
    alone = rank_failures(Ticket(error_message="The code is not valid"))
    assert ("older-code",) in names(alone)
    within = rank_failures(Ticket(error_message="Error: the code is not valid (E17)"))
    assert the_match(within, "older-code").score < the_match(alone, "older-code").score


def test_a_text_without_a_word_is_not_understood() -> None:
    assert rank_failures(Ticket(error_message="?!", wording={"invalid_code": "!!!"})).not_understood == ("?!",)


def test_a_text_quoted_from_memory_rules_nothing_out() -> None:
    facts = (know(Fact.ERROR_TEXT_EXACT, "no"), know(Fact.ADMIN_SAYS_DEACTIVATED, "yes"))
    retold = rank_failures(Ticket(error_message=PRESETS["business-chat"].wording["invalid_credentials"], facts=facts))
    assert "error_message" in the_match(retold, "deactivated").contradicts


def test_a_wording_of_ones_own_service_is_known() -> None:
    triage = rank_failures(Ticket(error_message="Nope, try again!", wording={"account_disabled": "Nope, try again"}))
    assert ("merged-account",) in names(triage)
    assert ("access-revoked",) in names(triage)
    assert ("invalid-password",) not in names(triage)


def test_a_text_that_nobody_says_is_not_understood() -> None:
    triage = rank_failures(Ticket(error_message="Error 0x80070005"))
    assert triage.not_understood == ("Error 0x80070005",)
    assert triage.matches == ()
    assert triage.ask_next


def test_a_code_that_there_is_not_is_not_understood() -> None:
    triage = rank_failures(Ticket(code="no_such_error", client="web"))
    assert triage.not_understood == ("no_such_error",)


@pytest.mark.parametrize(
    ("fact", "value", "name"),
    [
        (Fact.PHONE_CLOCK, "behind", "authenticator-clock-behind"),
        (Fact.PHONE_CLOCK, "ahead", "authenticator-clock-ahead"),
        (Fact.CODE_OF_THIS_ACCOUNT, "no", "authenticator-code-of-another-account"),
        (Fact.CODE_USED_BEFORE, "yes", "authenticator-code-used-twice"),
        (Fact.APP_CONFIRMED, "no", "authenticator-never-confirmed"),
    ],
)
def test_one_answer_tells_what_is_wrong_with_an_authenticator_app(fact: Fact, value: str, name: str) -> None:
    text = PRESETS["business-chat"].wording.get("invalid_second_factor", PROBLEMS["invalid_second_factor"].detail)
    facts = [know(fact, value)]
    if fact is not Fact.APP_CONFIRMED:
        facts.append(know(Fact.FACTOR_METHOD, "totp"))
    assert names(rank_failures(Ticket(error_message=text, facts=tuple(facts))))[0] == (name,)


def test_what_changed_since_it_worked_leads_to_the_cause() -> None:
    facts = (know(Fact.WORKED_BEFORE, "yes"), know(Fact.ADDRESS_CHANGED, "yes", Certainty.TOLD))
    triage = rank_failures(Ticket(error_message=INVALID, facts=facts))
    assert names(triage)[0] == ("email-moved-to-secondary",)
    assert triage.matches[0].agrees == ("error_message", "worked_before", "address_changed")


def test_the_surer_it_is_the_more_it_counts() -> None:
    def score(certainty: Certainty) -> float:
        ticket = Ticket(error_message=INVALID, facts=(know(Fact.ACTIVATED, "no", certainty),))
        return the_match(rank_failures(ticket), "not-activated").score

    assert score(Certainty.SEEN) > score(Certainty.TOLD) > score(Certainty.GUESSED)


def test_a_guess_lowers_less_than_a_word() -> None:
    def score(certainty: Certainty) -> float:
        ticket = Ticket(error_message=INVALID, facts=(know(Fact.ACTIVATED, "yes", certainty),))
        return the_match(rank_failures(ticket), "not-activated").score

    assert score(Certainty.TOLD) < score(Certainty.GUESSED) < 5.3


def test_a_remedy_that_did_not_help_speaks_against_what_it_cures() -> None:
    before = the_match(rank_failures(Ticket(error_message=INVALID)), "invalid-password")
    triage = rank_failures(Ticket(error_message=INVALID, steps_tried=("I reset my password twice.",)))
    after = the_match(triage, "invalid-password")
    assert after.contradicts == ("steps_tried.reset_password",)
    assert after.score < before.score
    assert names(triage)[0] != ("invalid-password",)


def test_looking_into_the_spam_folder_rules_that_out_as_far_as_it_is_believed() -> None:
    triage = rank_failures(Ticket(symptom=Symptom.NOTHING_ARRIVED, steps_tried=("checked the spam folder",)))
    match = the_match(triage, "reset-mail-in-spam")
    assert match.contradicts == ("spam_checked", "steps_tried.look_in_spam")
    assert names(triage).index(("reset-mail-blocked",)) < names(triage).index(("reset-mail-in-spam",))


def test_a_step_that_was_not_taken_or_not_understood_is_said_so() -> None:
    steps = ("did not check spam", "prayed", "look_in_spam")
    assert rank_failures(Ticket(symptom=Symptom.NOTHING_ARRIVED, steps_tried=steps)).not_understood == steps[:2]


@pytest.mark.parametrize(("expected", "fits"), [("2026-03-01", True), ("never", False)])
def test_the_last_sign_in_tells_whether_it_ever_worked(expected: str, fits: bool) -> None:
    match = the_match(rank_failures(Ticket(error_message=INVALID, last_signed_in=expected)), "email-moved-to-secondary")
    assert ("worked_before" in match.agrees) is fits
    assert ("worked_before" in match.contradicts) is not fits


def test_two_failures_at_once_are_found_where_neither_alone_explains_everything() -> None:
    triage = rank_failures(Ticket(symptom=Symptom.NOTHING_ARRIVED, error_message=INVALID))
    best = triage.matches[0]
    assert len(best.members) == 2
    assert best.agrees == ("symptom", "error_message")
    assert best.contradicts == ()
    assert all(len(match.members) == 2 or "symptom" in match.contradicts for match in triage.matches)


def test_nothing_that_fits_alone_is_joined_with_another() -> None:
    assert all(len(match.members) == 1 for match in rank_failures(Ticket(error_message=INVALID)).matches)


def test_what_nobody_can_be_at_once_is_no_pair() -> None:
    facts = (know(Fact.ACTIVATED, "no"), know(Fact.WAS_MERGED, "yes"))
    assert all(len(match.members) == 1 for match in rank_failures(Ticket(facts=facts)).matches)


def test_two_clients_make_no_pair() -> None:
    triage = rank_failures(Ticket(symptom=Symptom.NEVER_LOADS, client="mobile", facts=(know(Fact.NETWORK, "wifi"),)))
    assert all("stuck-on-stale-cache" not in pair for pair in names(triage))


def test_a_pair_needs_what_was_seen_explained_by_one_of_both() -> None:
    facts = (know(Fact.NETWORK, "vpn"), know(Fact.CODE_IS_NEWEST, "no"), know(Fact.OPTED_OUT, "no"))
    triage = rank_failures(Ticket(code="network_blocked", facts=facts))
    assert ("behind-a-vpn",) in names(triage)
    assert all("opted-out" not in pair for pair in names(triage))


def test_the_true_reason_of_an_attempt_outweighs_everything_else() -> None:
    triage = rank_failures(Ticket(error_message=INVALID, reasons=("not_activated",)))
    assert names(triage)[0] == ("not-activated",)
    assert triage.matches[0].agrees == ("attempt_id", "error_message")
    assert ("invalid-password",) in names(triage)


def test_several_true_reasons_of_an_attempt_come_as_a_pair() -> None:
    best = rank_failures(Ticket(reasons=("vpn", "superseded_code"))).matches[0]
    assert {member.cause.code for member in best.members if member.cause} == {"vpn", "superseded_code"}


def test_the_likelier_first_and_then_what_the_person_can_cure_alone() -> None:
    triage = rank_failures(Ticket(error_message=INVALID))
    scores = [match.score for match in triage.matches]
    assert scores == sorted(scores, reverse=True)
    remedies = [(-match.score, match.members[0].remedy) for match in triage.matches]
    by_others = [(score, remedy is None or remedy.who is not Who.PERSON) for score, remedy in remedies]
    assert by_others == sorted(by_others)
    assert names(triage).index(("invalid-password",)) < names(triage).index(("temporary-password-expired",))


def test_a_client_rules_out_what_only_the_other_one_meets() -> None:
    stuck = Ticket(symptom=Symptom.NEVER_LOADS, client="mobile")
    assert ("stuck-on-stale-cache",) not in names(rank_failures(stuck))
    assert ("stuck-on-hotspot",) in names(rank_failures(stuck))


def test_a_ticket_that_says_nothing_fits_nothing_and_everything_is_to_be_asked() -> None:
    triage = rank_failures(Ticket())
    assert triage.matches == ()
    assert triage.ask_next[0].fact is Fact.AT_STEP


def test_no_pair_is_made_where_one_alone_explains_as_much() -> None:
    facts = (know(Fact.PASSWORD_RESET_LATELY, "yes"),)
    triage = rank_failures(Ticket(symptom=Symptom.ASKED_FOR_CODE_AGAIN, facts=facts))
    assert names(triage)[0] == ("second-factor-after-a-reset",)
    assert all(len(match.members) == 1 for match in triage.matches)


def test_a_remedy_tried_in_vain_speaks_against_a_pair_only_where_it_would_have_cured_both() -> None:
    ticket = Ticket(symptom=Symptom.NOTHING_ARRIVED, error_message=INVALID, steps_tried=("retype_password",))
    pairs = [match for match in rank_failures(ticket).matches if len(match.members) == 2]
    cured = [sum("retype_password" in member.cures for member in pair.members) for pair in pairs]
    assert 1 in cured
    for pair, count in zip(pairs, cured, strict=True):
        assert ("steps_tried.retype_password" in pair.contradicts) is (count == 2)


def test_what_was_seen_and_neither_explains_rules_a_pair_out() -> None:
    facts = (know(Fact.OTHER_PEOPLE_AFFECTED, "yes"),)
    triage = rank_failures(Ticket(symptom=Symptom.NOTHING_ARRIVED, error_message=INVALID, facts=facts))
    for match in triage.matches:
        assert any(member.says.get(Fact.OTHER_PEOPLE_AFFECTED) != frozenset({"no"}) for member in match.members)


def test_pairs_are_various_and_can_be_together() -> None:
    triage = rank_failures(Ticket(symptom=Symptom.NOTHING_ARRIVED, error_message=INVALID))
    pairs = [match.members for match in triage.matches if len(match.members) == 2]
    assert 2 < len(pairs) <= 10
    most = max(Counter(member.name for pair in pairs for member in pair).values())
    assert most <= 2
    for one, other in pairs:
        assert one.cause is not other.cause
        for fact in (Fact.ACCOUNT_EXISTS, Fact.ACTIVATED, Fact.WAS_MERGED, Fact.SERVICE):
            said = [member.says[fact] for member in (one, other) if fact in member.says]
            assert frozenset.intersection(*said) if said else True, (one.name, other.name, fact)
