"""A code is read as it was meant, and a wrong one is named by the slip that made it wrong.

Further members of the kind, tried here: every kind of space and dash, marks of direction, the digits of several
scripts, two slips at once, letters of other alphabets, entries that are no code at all.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logindrill.rules.code_entries import misspelling, near_miss, read_code
from logindrill.rules.nearness import SENTENCES, Nearness, nearness_in


@pytest.mark.rule("rule-10")
@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("012345", None),
        ("012 345", Nearness.SPACE),
        (" 012345 ", Nearness.SPACE),
        ("012\u00a0345", Nearness.SPACE),
        ("012\u2009345\t", Nearness.SPACE),
        ("012-345", Nearness.HYPHEN),
        ("012\u2011345", Nearness.HYPHEN),
        ("012\u2013345", Nearness.HYPHEN),
        ("012\u2212345", Nearness.HYPHEN),
        ("012\u200b345", Nearness.INVISIBLE_CHARACTER),
        ("\u202a012345\u202c", Nearness.INVISIBLE_CHARACTER),
        ("012345\ufe0f", Nearness.INVISIBLE_CHARACTER),
        ("0\u2063123\u206845", Nearness.INVISIBLE_CHARACTER),
        ("\u0660\u0661\u0662\u0663\u0664\u0665", Nearness.OTHER_FIGURES),
        ("\uff10\uff11\uff12\uff13\uff14\uff15", Nearness.OTHER_FIGURES),
        ("\u0966\u0967\u0968\u0969\u096a\u096b", Nearness.OTHER_FIGURES),
        ("01\u0968345", Nearness.OTHER_FIGURES),
    ],
)
def test_a_code_is_read_as_it_was_meant(typed: str, kind: Nearness | None) -> None:
    assert read_code(typed) == "012345"
    assert misspelling(typed) is kind


@pytest.mark.rule("rule-10")
@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("O12345", Nearness.LETTER_FOR_DIGIT),
        ("G-012345", Nearness.LETTERS_BEFORE),
        ("Code 012345", Nearness.LETTERS_BEFORE),
        ("S\uff0d012345", Nearness.LETTERS_BEFORE),
        ("ol2345", Nearness.LETTER_FOR_DIGIT),
        ("\u041eI2 345", Nearness.LETTER_FOR_DIGIT),
        ("\uff2f12345", Nearness.LETTER_FOR_DIGIT),
        ("12345", Nearness.LOST_ZERO),
        ("12 345", Nearness.LOST_ZERO),
        ("102345", Nearness.SWAPPED_DIGITS),
        ("012354", Nearness.SWAPPED_DIGITS),
        ("013245", Nearness.SWAPPED_DIGITS),
    ],
)
def test_a_wrong_code_is_named_by_the_slip_that_made_it_wrong(typed: str, kind: Nearness) -> None:
    evidence = near_miss(typed, "012345".__eq__)
    assert evidence == SENTENCES[kind]
    assert nearness_in(evidence) is kind


@pytest.mark.parametrize("typed", ["", "543210", "012346", "no code", "0" * 40, "\ud800", "2345"])
def test_what_is_wrong_by_more_than_a_slip_is_just_wrong(typed: str) -> None:
    assert near_miss(typed, "012345".__eq__) is None


def test_several_zeros_may_be_lost_at_the_beginning() -> None:
    assert near_miss("42", "000042".__eq__) == SENTENCES[Nearness.LOST_ZERO]


@given(st.text(max_size=30))
def test_reading_never_fails_and_is_settled(typed: str) -> None:
    assert read_code(read_code(typed)) == read_code(typed)
    near_miss(typed, "012345".__eq__)
