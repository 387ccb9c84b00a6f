"""What people are known by: addresses, usernames, phone numbers; how they are read and compared (A6-A8, C5-C7)."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from logindrill.rules.decisions import Invalid, invalid
from logindrill.rules.knobs import knob, switch
from logindrill.rules.texts import has_controls, has_spaces, without_spaces

LONGEST = 254
LONGEST_USERNAME = 64
LONGEST_PHONE = 64
_SPELLED_NUMBER = re.compile(r"(?:\+|00)([\d\s()./\u2010-\u2015-]+)")
_HOW_TO_WRITE_A_NUMBER = "Digits with a country code, as in +1 415 555 0100."


@dataclass(frozen=True, slots=True)
class IdentifierPolicy:
    """How strictly a typed identifier must match the stored one."""

    case_sensitive: bool = knob(
        False, "Whether an identifier must be typed in the very case it is stored in.", "A7", form=switch()
    )


@dataclass(frozen=True, slots=True)
class PhonePolicy:
    """Which phone numbers are accepted."""

    strict: bool = knob(
        False, "Whether a number must exist in a numbering plan; numbers of fiction then do not.", "A22", form=switch()
    )


class Spelling(StrEnum):
    """How a typed identifier stands to the stored one."""

    EXACT = "exact"
    WRONG_CASE = "wrong_case"
    EXTRA_SPACE = "extra_space"
    DIFFERENT = "different"


def canonical(text: str) -> str:
    """The form that look-up and uniqueness go by: NFKC and case-folded, the same on every database."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFKC", folded.casefold())


def spaceless(text: str) -> str:
    """The canonical form without any space: finds the person who was typed "right but for spaces" (A8)."""
    return canonical(without_spaces(canonical(text)))


def compare(typed: str, stored: str, policy: IdentifierPolicy) -> Spelling:
    """How `typed` stands to `stored`; nothing is trimmed (A8), case counts where the policy says so (A7)."""
    if typed == stored or unicodedata.normalize("NFC", typed) == unicodedata.normalize("NFC", stored):
        return Spelling.EXACT
    if canonical(typed) == canonical(stored):
        return Spelling.WRONG_CASE if policy.case_sensitive else Spelling.EXACT
    if spaceless(typed) == spaceless(stored):
        return Spelling.EXTRA_SPACE
    return Spelling.DIFFERENT


def looks_like_email(text: str) -> bool:
    """Whether the text could be meant as an address, twins of the at sign included (S24)."""
    return "@" in canonical(text)


def parse_identifier(text: str, field: str = "identifier") -> str:
    """Anything a person may type to say who they are: 1-254 characters without controls; raises `Invalid`."""
    if not 1 <= len(text) <= LONGEST:
        raise invalid(field, f"From 1 to {LONGEST} characters.")
    if has_controls(text):
        raise invalid(field, "Control characters are not allowed.")
    return text


def parse_email(text: str, field: str = "email") -> str:
    """An address as it is stored: as spelled, in NFC, a punycode domain in its letters; raises `Invalid`.

    No name server is asked, and reserved test domains are welcome.
    """
    from email_validator import EmailNotValidError, validate_email

    parse_identifier(text, field)
    stored = unicodedata.normalize("NFC", text)
    try:
        checked = validate_email(stored, check_deliverability=False, test_environment=True, strict=True)
    except EmailNotValidError as error:
        raise invalid(field, str(error)) from error
    if "xn--" in canonical(stored):
        stored = f"{checked.local_part}@{checked.domain}"
    if canonical(stored).count("@") != 1 or has_spaces(canonical(stored)):
        raise invalid(field, "The address contains a character that only looks like another.")
    return _storable(stored, field)


def parse_username(text: str, field: str = "username") -> str:
    """A username as it is stored: letters, digits, dot, hyphen, underscore, in NFC; never like an address (C7)."""
    parse_identifier(text, field)
    if len(text) > LONGEST_USERNAME:
        raise invalid(field, f"At most {LONGEST_USERNAME} characters.")
    if looks_like_email(text):
        raise invalid(field, "A username must not look like an e-mail address.")
    stored = unicodedata.normalize("NFC", text)
    if has_spaces(stored) or not all(_is_name_character(c) for c in canonical(stored)):
        raise invalid(field, "Letters, digits, dots, hyphens and underscores only.")
    return _storable(stored, field)


def parse_phone(text: str, *, strict: bool, field: str = "phone") -> str:
    """A number in E.164 from any usual spelling with its country code (A22); raises `Invalid`."""
    import phonenumbers

    parse_identifier(text, field)
    spelled = _SPELLED_NUMBER.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if spelled is None or len(text) > LONGEST_PHONE:
        raise invalid(field, _HOW_TO_WRITE_A_NUMBER)
    try:
        number = phonenumbers.parse("+" + spelled[1], None)
    except phonenumbers.NumberParseException as error:
        raise invalid(field, _HOW_TO_WRITE_A_NUMBER) from error
    accepted = phonenumbers.is_valid_number if strict else phonenumbers.is_possible_number
    if not accepted(number):
        raise invalid(field, "There can be no such number.")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def same_phone(typed: str, stored: str) -> bool:
    """Whether a typed number is the stored one, however it is spelled (A22)."""
    try:
        return parse_phone(typed, strict=False) == stored
    except Invalid:
        return False


def _storable(stored: str, field: str) -> str:
    if len(canonical(stored)) > LONGEST:
        raise invalid(field, f"At most {LONGEST} characters.")
    return stored


def _is_name_character(character: str) -> bool:
    return character in "._-" or unicodedata.category(character)[0] in "LMN"
