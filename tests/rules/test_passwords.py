"""New passwords are counted after NFC and matched exactly; near misses are recognised."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logindrill.rules.passwords import (
    PasswordMatch,
    PasswordPolicy,
    evidence_of,
    is_common,
    judge_new,
    match_near,
    near_forms,
    normal,
)

PLAIN = PasswordPolicy()


def codes(
    password: str, confirmation: str | None = None, policy: PasswordPolicy = PLAIN, unchanged: bool = False
) -> list[str]:
    confirmed = password if confirmation is None else confirmation
    return [f"{e.field}:{e.code}" for e in judge_new(password, confirmed, policy, unchanged=unchanged)]


@pytest.mark.rule("A13")
def test_seven_characters_are_too_short_and_eight_are_not() -> None:
    assert codes("1234567") == ["password:too_short"]
    assert codes("12345678") == []


@pytest.mark.rule("A13")
def test_characters_are_counted_after_composition() -> None:
    assert codes("e\u0301" * 7) == ["password:too_short"]
    assert codes("e\u0301" * 8) == []
    assert codes("👩" * 8) == []


@pytest.mark.rule("A13")
def test_spaces_count_and_nothing_is_trimmed() -> None:
    assert codes("        ") == []
    assert codes(" 123456 ") == []


def test_sixty_four_characters_and_up_to_the_limit_are_allowed() -> None:
    assert codes("x" * 64) == []
    assert codes("x" * 256) == []
    assert codes("x" * 257) == ["password:too_long"]
    assert codes("e\u0301" * 256) == []
    assert codes("\u03b1\u0313\u0300\u0345" * 256) == []


def test_a_huge_password_is_refused_without_being_looked_at() -> None:
    huge = "\u0315\u0300" * 500_000
    assert codes(huge) == ["password:too_long"]
    assert codes(huge, "short") == ["password:too_long", "password_confirmation:mismatch"]
    assert codes("long enough", huge) == ["password_confirmation:mismatch"]


@pytest.mark.rule("A14")
@pytest.mark.parametrize("other", ["correct horse ", "Correct horse", "correct  horse", ""])
def test_the_entries_match_to_the_letter(other: str) -> None:
    assert codes("correct horse", other) == ["password_confirmation:mismatch"]


@pytest.mark.rule("A14")
def test_entries_that_differ_only_in_composition_are_the_same() -> None:
    assert codes("passw\u00f6rdd", "passwo\u0308rdd") == []
    assert codes("\u1100\u1161 password", "\uac00 password") == []
    assert codes("password\ufb01", "passwordfi") == ["password_confirmation:mismatch"]


def test_too_short_and_mismatch_are_both_reported() -> None:
    assert codes("short", "shirt") == ["password:too_short", "password_confirmation:mismatch"]


@pytest.mark.parametrize("password", ["eight\0chars", "eight\ud800chars"])
def test_what_cannot_be_stored_is_invalid(password: str) -> None:
    assert codes(password) == ["password:invalid"]


def test_there_are_no_rules_of_composition() -> None:
    assert codes("aaaaaaaa") == []
    assert codes("日本語のパスワード") == []


def test_an_unchanged_password_is_refused() -> None:
    assert codes("correct horse", unchanged=True) == ["password:unchanged"]


def test_common_passwords_pass_unless_the_sandbox_keeps_a_list() -> None:
    assert codes("password1") == []
    listed = PasswordPolicy(blocklist=True)
    assert codes("password1", policy=listed) == ["password:too_common"]
    assert codes("PassWord1", policy=listed) == ["password:too_common"]
    assert codes("violet-anchovy-9", policy=listed) == []


@pytest.mark.parametrize("password", ["Annabelle", "annabelle1984!", "example.test", "annabelle@example.test"])
def test_words_of_the_account_are_common_to_its_person(password: str) -> None:
    assert is_common(password, ["Annabelle Example", "annabelle@example.test"])
    assert not is_common("violet-anchovy", ["Annabelle Example", "annabelle@example.test"])


def test_a_lower_limit_of_the_policy_is_obeyed() -> None:
    assert codes("123", policy=PasswordPolicy(min_length=3)) == []


def marks(password: str) -> list[str]:
    return [hashlib.sha256(form.encode("utf-8", "surrogatepass")).hexdigest() for form in near_forms(password)]


@pytest.mark.rule("A7", "A8")
@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ("correct horse", PasswordMatch.WRONG_CASE),
        ("CorrectHorse", PasswordMatch.EXTRA_SPACE),
        ("Correct Horse ", PasswordMatch.EXTRA_SPACE),
        ("Correct\u00a0Horse", PasswordMatch.EXTRA_SPACE),
        ("correcthorse", PasswordMatch.CASE_AND_SPACE),
        ("Correct Hor\u200dse", PasswordMatch.INVISIBLE_CHARACTER),
        ("\uff23orrect Horse", PasswordMatch.OTHER_CHARACTERS),
        ("\uff23orrect\u200bhorse", PasswordMatch.SEVERAL),
        ("Correct Zebra", PasswordMatch.WRONG),
    ],
)
def test_a_near_miss_is_named_by_what_is_wrong(typed: str, match: PasswordMatch) -> None:
    assert match_near(marks(typed), marks("Correct Horse")) is match


@pytest.mark.rule("rule-9", "rule-10")
@pytest.mark.parametrize("mark", "\u202a\u2068\u200e\u200d\ufe0f\u2063\u200b\u00ad\u2060\ufeff\u180e\u3164")
def test_every_invisible_character_is_named_as_such(mark: str) -> None:
    for typed in (f"{mark}Correct Horse", f"Correct{mark} Horse", f"Correct Horse{mark}"):
        assert match_near(marks(typed), marks("Correct Horse")) is PasswordMatch.INVISIBLE_CHARACTER


@pytest.mark.rule("rule-10")
def test_what_is_no_matter_of_case_is_not_called_so() -> None:
    for typed, stored in (("Strasse 1", "Stra\u00dfe 1"), ("\uff13 horses", "3 horses"), ("\u0663 horses", "3 horses")):
        assert match_near(marks(typed), marks(stored)) is PasswordMatch.OTHER_CHARACTERS
        assert "case" not in evidence_of(PasswordMatch.OTHER_CHARACTERS)


def test_marks_of_before_tell_what_they_can() -> None:
    assert match_near(marks("correct horse"), marks("Correct Horse")[:3]) is PasswordMatch.WRONG_CASE


def test_without_marks_a_wrong_password_is_just_wrong() -> None:
    assert match_near((), marks("Correct Horse")) is PasswordMatch.WRONG
    assert match_near(marks("correct horse"), ()) is PasswordMatch.WRONG


@given(st.text())
def test_the_hashed_form_is_settled(password: str) -> None:
    assert normal(normal(password)) == normal(password)


@given(st.text(max_size=40), st.text(max_size=40))
def test_judging_never_fails(password: str, confirmation: str) -> None:
    judge_new(password, confirmation, PasswordPolicy(blocklist=True), context=[confirmation])
    near_forms(password)
