"""Reads telephone numbers in every usual spelling and compares them as E.164 (A22, overall rule 10)."""

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from logindrill.rules.decisions import Invalid, invalid
from logindrill.rules.knobs import knob, or_none, switch, text
from logindrill.rules.texts import has_controls, without_invisible

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

LONGEST = 64
_COUNTRY = re.compile("[A-Z]{2}")
_NUMBER = re.compile(
    r"(?:tel:)?\s*(\+|00)?([\d\s()./~\u00b7\u2010-\u2015\u2212-]+)((?:;[\w-]+(?:=[^;\s]*)?)*)", re.IGNORECASE
)
_CONTEXT = re.compile(r";phone-context=(\+[\d-]+)", re.IGNORECASE)
_EXTENSION = re.compile(r";ext\b", re.IGNORECASE)
_HOW_TO_WRITE = "Enter the number with its country code, for example +1 415 555 0100."


def _is_country(code: str) -> bool:
    """Whether numbers can be read as a country's own; the list of countries is loaded only for two capital letters."""
    if not _COUNTRY.fullmatch(code):
        return False
    from phonenumbers import SUPPORTED_REGIONS

    return code in SUPPORTED_REGIONS


@dataclass(frozen=True, slots=True)
class PhonePolicy:
    """Which phone numbers are accepted, and how one without a country code is read."""

    strict: bool = knob(
        False,
        "Whether a number must exist in a real numbering plan; numbers reserved for fiction are then refused.",
        "A22",
        form=switch(),
    )
    default_country: str | None = knob(
        None,
        "The country of a number that is typed without a country code; null refuses such numbers.",
        "A22",
        "rule-10",
        form=or_none(text(_is_country, "A country in two capital letters, as in DE.")),
    )


PLAIN_PHONES = PhonePolicy()


def parse_phone(typed: str, policy: PhonePolicy = PLAIN_PHONES, *, field: str = "phone") -> str:
    """A number in E.164 from any usual spelling: RFC 3966, with or without separators, in the digits of any script,
    and without its country code where the policy names a country (A22); raises `Invalid`."""
    number = _parsed(typed, policy.default_country, field)
    import phonenumbers

    accepted = phonenumbers.is_valid_number if policy.strict else phonenumbers.is_possible_number
    if not accepted(number):
        raise invalid(field, "This number does not exist.")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def number_of(typed: str, policy: PhonePolicy = PLAIN_PHONES) -> str | None:
    """The number that was typed, in E.164, whether or not it exists; None for what is no number."""
    try:
        return parse_phone(typed, PhonePolicy(default_country=policy.default_country))
    except Invalid:
        return None


def same_phone(typed: str, stored: str, policy: PhonePolicy = PLAIN_PHONES) -> bool:
    """Whether a typed number is the stored one, however it is spelled (A22)."""
    return number_of(typed, policy) == stored


def _parsed(typed: str, country: str | None, field: str) -> "PhoneNumber":
    """What the library of numbers reads in the text, once it is known to be a number and nothing else."""
    import phonenumbers

    if len(typed) > LONGEST or has_controls(typed):
        raise invalid(field, _HOW_TO_WRITE)
    found = _NUMBER.fullmatch(without_invisible(unicodedata.normalize("NFKC", typed)).strip())
    if found is None or _EXTENSION.search(found[3]):
        raise invalid(field, _HOW_TO_WRITE)
    international, digits = found[1], "".join(c for c in found[2] if c.isdigit())
    context = _CONTEXT.search(found[3])
    try:
        if international:
            return phonenumbers.parse("+" + digits, None)
        if context is not None:
            return phonenumbers.parse(context[1] + digits, None)
        if country is not None:
            return phonenumbers.parse(digits, country)
    except phonenumbers.NumberParseException as error:
        raise invalid(field, _HOW_TO_WRITE) from error
    raise invalid(field, _HOW_TO_WRITE)
