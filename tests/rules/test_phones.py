"""A number is one number however it is spelled: with or without separators, in the digits of any script, among marks of
direction, as RFC 3966 has it, and as it is dialled at home where the sandbox names a country.

Further members of the kind, tried here too: invisible characters between digits, the trunk zero in brackets, dashes of
every width, a lower-case country, a country that does not exist, an extension, letters on the keys.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logindrill.rules.decisions import Invalid
from logindrill.rules.phones import PhonePolicy, number_of, parse_phone, same_phone
from logindrill.rules.policy import check_change

AT_HOME = PhonePolicy(default_country="DE")
IN_AMERICA = PhonePolicy(default_country="US")


@pytest.mark.rule("A22", "rule-10")
@pytest.mark.parametrize(
    "typed",
    [
        "+14155550100",
        "+1 (415) 555-0100",
        "0014155550100",
        "\uff0b1 415 555 0100",
        " +1.415.555.0100 ",
        "tel:+1-415-555-0100",
        "TEL:+14155550100;phone-context=ignored.test",
        "tel:415-555-0100;phone-context=+1",
        "\u202a+1 415 555 0100\u202c",
        "\u200e+1\u2060415\u200b555\ufeff0100",
        "+\u0661\u0664\u0661\u0665\u0665\u0665\u0665\u0660\u0661\u0660\u0660",
        "\uff0b\uff11\uff14\uff11\uff15\uff15\uff15\uff15\uff10\uff11\uff10\uff10",
        "+1\u00a0415\u2011555\u20130100",
        "+1\u2212415\u2212555\u22120100",
        "+1/415/555~0100",
    ],
)
def test_any_usual_spelling_of_a_number_is_the_same_number(typed: str) -> None:
    assert parse_phone(typed) == "+14155550100"
    assert same_phone(typed, "+14155550100")


@pytest.mark.rule("rule-10")
@pytest.mark.parametrize("typed", ["0171 1234567", "(0171) 123-4567", "\u202d0171/1234567\u202c", "tel:0171-1234567"])
def test_a_number_is_read_as_dialled_at_home_where_a_country_is_named(typed: str) -> None:
    assert parse_phone(typed, AT_HOME) == "+491711234567"
    assert number_of(typed) is None


@pytest.mark.rule("rule-10")
def test_a_country_of_ones_own_takes_no_other_country_away() -> None:
    assert parse_phone("+49 (0)171 1234567", IN_AMERICA) == "+491711234567"
    assert parse_phone("0049 171 1234567", AT_HOME) == "+491711234567"
    assert parse_phone("011 49 171 1234567", IN_AMERICA) == "+491711234567"
    assert parse_phone("(415) 555-0100", IN_AMERICA) == "+14155550100"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "4155550100",
        "+1",
        "+1-800-FLOWERS",
        "+14155550100x5",
        "++1 415 555 0100",
        "+999123456789",
        "+1" * 40,
        "\0",
        "tel:",
        "tel:+14155550100;ext=5",
        "+1 415 555 0100\n",
        "mailto:+14155550100",
    ],
)
def test_what_cannot_be_a_number_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        parse_phone(typed)
    assert not same_phone(typed, "+14155550100")


def test_a_number_of_fiction_counts_only_where_nobody_is_strict() -> None:
    assert parse_phone("+44 7700 900123") == "+447700900123"
    with pytest.raises(Invalid):
        parse_phone("+44 7700 900123", PhonePolicy(strict=True))


@pytest.mark.parametrize("country", ["de", "DEU", "Germany", "ZZ", "XX", "D\u0395", "", 49])
def test_a_country_that_does_not_exist_is_refused(country: object) -> None:
    with pytest.raises(Invalid):
        check_change("phones.default_country", country)
    assert check_change("phones.default_country", "DE") == "DE"


@given(st.text(max_size=80))
def test_no_text_does_worse_than_be_refused(text: str) -> None:
    for policy in (PhonePolicy(), AT_HOME):
        number = number_of(text, policy)
        assert number is None or parse_phone(number) == number
