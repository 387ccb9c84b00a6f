"""Something else in place of an access token is named for what it is."""

import pytest

from logindrill.rules.tokens import StrangerFacts, judge_stranger


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (StrangerFacts("undefined"), "token_malformed"),
        (StrangerFacts("null"), "token_malformed"),
        (StrangerFacts("[object Object]"), "token_malformed"),
        (StrangerFacts("-"), "token_malformed"),
        (StrangerFacts("eyJhbGciOiJIUzI1NiJ9.e30.c2ln"), "token_of_another_kind"),
        (StrangerFacts("eyJhbGciOiJIUzI1NiJ9.e30"), "token_malformed"),
        (StrangerFacts("123456"), "token_of_another_kind"),
        (StrangerFacts("ses_0123456789abcdef"), "token_of_another_kind"),
        (StrangerFacts("abc.def", other_kind="the token of a link"), "token_of_another_kind"),
        (StrangerFacts("mock_abc", other_sandbox="blue"), "token_of_another_sandbox"),
        (StrangerFacts("mock_abc"), "session_unknown"),
        (StrangerFacts("mock_"), "session_unknown"),
    ],
)
@pytest.mark.rule("A26")
def test_a_text_that_opens_no_session_is_named_for_what_it_is(facts: StrangerFacts, reason: str) -> None:
    found, evidence = judge_stranger(facts)
    assert found.code == reason
    assert facts.text not in evidence.split()


def test_the_evidence_names_the_kind_and_the_other_sandbox() -> None:
    assert "a code" in judge_stranger(StrangerFacts("123456"))[1]
    assert "blue" in judge_stranger(StrangerFacts("mock_abc", other_sandbox="blue"))[1]
