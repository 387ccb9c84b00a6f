"""People are found by canonical form and compared as typed."""

import sys
import unicodedata
from contextlib import suppress

import pytest
from email_validator import validate_email
from hypothesis import given
from hypothesis import strategies as st

from logindrill.rules.decisions import Invalid
from logindrill.rules.identifiers import (
    IdentifierPolicy,
    Spelling,
    canonical,
    compare,
    looks_like_email,
    parse_email,
    parse_identifier,
    parse_username,
    spaceless,
)

STRICT_CASE = IdentifierPolicy(case_sensitive=True)
ANY_CASE = IdentifierPolicy(case_sensitive=False)


@given(st.text())
def test_a_canonical_form_is_its_own_canonical_form(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)


@given(st.text())
def test_a_spaceless_form_is_its_own_spaceless_form(text: str) -> None:
    assert spaceless(spaceless(text)) == spaceless(text)


def test_every_character_there_is_has_a_settled_canonical_form() -> None:
    forms = {canonical(chr(point)) for point in range(sys.maxunicode + 1)}
    assert [form for form in forms if canonical(form) != form] == []


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_ascii_takes_the_short_way_to_the_same_form(text: str) -> None:
    assert canonical(text) == unicodedata.normalize("NFKC", text.casefold())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann@Example.test", "ann@example.test"),
        ("\uff21\uff2e\uff2e@example.test", "ann@example.test"),
        ("ﬁona@example.test", "fiona@example.test"),
        ("STRASSE", "straße"),
        ("Zoe\u0308@example.test", "zoë@example.test"),
    ],
)
def test_twins_share_one_canonical_form(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


def test_letters_of_another_script_are_another_person() -> None:
    assert canonical("\u0430nn@example.test") != canonical("ann@example.test")


@pytest.mark.rule("A7", "A8")
@pytest.mark.parametrize(
    ("typed", "spelling_strict", "spelling_any"),
    [
        ("Ann@example.test", Spelling.EXACT, Spelling.EXACT),
        ("ann@example.test", Spelling.WRONG_CASE, Spelling.EXACT),
        ("Ann@EXAMPLE.test", Spelling.WRONG_CASE, Spelling.EXACT),
        ("Ann@example.test ", Spelling.EXTRA_SPACE, Spelling.EXTRA_SPACE),
        (" ann@example.test", Spelling.EXTRA_SPACE, Spelling.EXTRA_SPACE),
        ("Ann@\u00a0example.test", Spelling.EXTRA_SPACE, Spelling.EXTRA_SPACE),
        ("Ann\u200b@example.test", Spelling.INVISIBLE_CHARACTER, Spelling.INVISIBLE_CHARACTER),
        ("\uff21nn@example.test", Spelling.OTHER_CHARACTERS, Spelling.EXACT),
        ("anna@example.test", Spelling.DIFFERENT, Spelling.DIFFERENT),
    ],
)
def test_a_typed_address_is_compared_and_never_trimmed(
    typed: str, spelling_strict: Spelling, spelling_any: Spelling
) -> None:
    assert compare(typed, "Ann@example.test", STRICT_CASE) is spelling_strict
    assert compare(typed, "Ann@example.test", ANY_CASE) is spelling_any


def test_two_ways_of_typing_an_accent_are_the_same() -> None:
    assert compare("Zoe\u0308@example.test", "Zo\u00eb@example.test", STRICT_CASE) is Spelling.EXACT


@given(st.text(), st.text(), st.booleans())
def test_comparing_never_fails_and_a_text_equals_itself(typed: str, stored: str, case_sensitive: bool) -> None:
    policy = IdentifierPolicy(case_sensitive=case_sensitive)
    compare(typed, stored, policy)
    assert compare(stored, stored, policy) is Spelling.EXACT


@pytest.mark.parametrize("text", ["ann@example.test", "Ann.O'Hara+drill@Mail.Example.TEST", "zoë@bücher.test"])
def test_an_address_is_stored_as_it_is_spelled(text: str) -> None:
    assert parse_email(text) == text


def test_a_domain_in_punycode_is_stored_in_its_letters() -> None:
    assert parse_email("ann@xn--bcher-kva.test") == "ann@bücher.test"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ann",
        "@example.test",
        "ann@",
        "ann@localhost",
        "ann @example.test",
        "ann@example.test ",
        "ann@example.test\n",
        "ann\x00@example.test",
        "ann@exam\u200bple.test",
        "a\uff20b@example.test",
        "¨a@example.test",
        "ann@ben@example.test",
        "<ann@example.test>",
        "ann@example.test,ben@example.test",
        "\ud800@example.test",
        "a" * 65 + "@example.test",
        "a@" + "b" * 250 + ".test",
        "ann@example..test",
        '"a b"@example.test',
        "ann@[127.0.0.1]",
    ],
)
def test_what_is_no_single_address_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        parse_email(text, "emails[0].address")
    assert refusal.value.fields[0].field == "emails[0].address"


@pytest.mark.parametrize("text", ["alain_s", "Ann.Example-2", "zoë", "田中", "x"])
def test_a_username_is_letters_figures_and_three_signs(text: str) -> None:
    assert parse_username(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ann@example.test",
        "ann\uff20example",
        "ann example",
        "ann\u00a0e",
        "a/b",
        "a\nb",
        "a\u202eb",
        "x" * 65,
        "ﷺ" * 20,
    ],
)
def test_a_username_never_looks_like_an_address_or_hides_anything(text: str) -> None:
    with pytest.raises(Invalid):
        parse_username(text)


def test_a_twin_of_the_at_sign_makes_an_address() -> None:
    assert looks_like_email("ann\uff20example.test")
    assert not looks_like_email("ann.example")


@pytest.mark.parametrize("text", ["", "x" * 255, "a\0", "a\nb", "\ud800"])
def test_an_identifier_is_judged_by_its_text_alone(text: str) -> None:
    with pytest.raises(Invalid):
        parse_identifier(text)


def test_the_longest_identifier_and_username_are_taken() -> None:
    assert parse_identifier("x" * 254) == "x" * 254
    assert parse_username("x" * 64) == "x" * 64
    longest = f"ann@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.test"
    assert parse_email(longest + "x") == longest + "x"
    assert len(longest + "x") == 253


def test_any_other_identifier_is_taken_as_typed() -> None:
    assert parse_identifier(" no such person! ") == " no such person! "


@given(st.text(max_size=80))
def test_no_text_does_worse_than_be_refused(text: str) -> None:
    for parse in (parse_email, parse_username, parse_identifier):
        with suppress(Invalid):
            assert len(canonical(parse(text))) > 0


@given(st.from_regex(r"[a-z0-9._+-]{1,66}@([a-z0-9-]{1,65}\.){1,3}test", fullmatch=True))
def test_a_plain_address_is_taken_only_where_the_library_takes_it(text: str) -> None:
    try:
        parse_email(text)
    except Invalid:
        return
    checked = validate_email(text, check_deliverability=False, test_environment=True, strict=True)
    assert checked.normalized == text


@pytest.mark.parametrize(
    "text",
    ["a" * 65 + "@b.test", f"a@{'b' * 64}.test", "a@-b.test", "a@b-.test", "a..b@c.test", ".a@b.test", "a.@b.test"],
)
def test_a_short_way_lets_no_wrong_address_in(text: str) -> None:
    with pytest.raises(Invalid):
        parse_email(text)
