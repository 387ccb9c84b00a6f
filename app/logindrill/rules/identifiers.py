"""What people are known by: addresses and usernames; how they are read and compared (A6-A8, C5-C7)."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from logindrill.rules.decisions import invalid
from logindrill.rules.knobs import knob, switch
from logindrill.rules.phones import PLAIN_PHONES, PhonePolicy, number_of
from logindrill.rules.texts import has_controls, has_spaces, without_invisible, without_spaces

LONGEST = 254
LONGEST_USERNAME = 64
_ENCODED = "xn--"
_FOR_TESTS = re.compile(r"(?=.{1,64}@)[a-z0-9_+-]+(\.[a-z0-9_+-]+)*@((?=.{1,63}\.)[a-z0-9]+(-[a-z0-9]+)*\.)+test")
"""A plain address in the domain that is reserved for tests (RFC 6761, section 6.2)."""
_ALLOWED_SIGNS = frozenset("-\u00b7\u0375\u05f3\u05f4\u30fb")
"""Signs that the label of a domain may hold among its letters (RFC 5892, appendix A)."""
_DOTS = str.maketrans({"\u3002": ".", "\uff61": "."})


@dataclass(frozen=True, slots=True)
class IdentifierPolicy:
    """How strictly a typed identifier must match the stored one."""

    case_sensitive: bool = knob(
        False, "Whether capital and small letters in an identifier count as different.", "A7", form=switch()
    )


class Spelling(StrEnum):
    """How a typed identifier compares with the stored one."""

    EXACT = "exact"
    WRONG_CASE = "wrong_case"
    OTHER_CHARACTERS = "other_characters"
    EXTRA_SPACE = "extra_space"
    INVISIBLE_CHARACTER = "invisible_character"
    DIFFERENT = "different"


def canonical(text: str) -> str:
    """The form that look-up and uniqueness go by: NFKC, case-folded, the domain of an address in letters, never in
    punycode (IDNA); the same on every database."""
    if text.isascii() and _ENCODED not in (lowered := text.lower()):
        return lowered
    folded = _fold(text)
    local, at, domain = folded.rpartition("@")
    return f"{local}@{canonical_domain(domain)}" if at else folded


def canonical_domain(domain: str) -> str:
    """The part of an address after the at sign in canonical form, each label in letters."""
    return ".".join(_fold(_in_letters(label)) for label in _fold(domain).translate(_DOTS).split("."))


def canonical_recipient(text: str, phones: PhonePolicy = PLAIN_PHONES) -> str:
    """The canonical form of where a message goes: of an address, or of a number, which is its E.164."""
    number = None if looks_like_email(text) else number_of(text, phones)
    return canonical(text) if number is None else number


def spaceless(text: str) -> str:
    """The canonical form without spaces and invisible characters: finds the person who was typed "right but for
    spaces" (A8)."""
    return canonical(without_spaces(canonical(text)))


def search_forms(text: str) -> tuple[str, ...]:
    """The canonical forms that a part of an address or username may have: as it is, with a plus where a query made a
    space of it, and as a part of a domain."""
    bare = without_invisible(text).strip()
    forms = (canonical(bare), canonical(bare.replace(" ", "+")), canonical_domain(bare))
    return tuple(dict.fromkeys(forms))


def compare(typed: str, stored: str, policy: IdentifierPolicy) -> Spelling:
    """Compare `typed` with `stored`; nothing is trimmed (A8), case matters where the policy says so (A7)."""
    if typed == stored or _exact(typed) == _exact(stored):
        return Spelling.EXACT
    if canonical(typed) == canonical(stored):
        if not policy.case_sensitive:
            return Spelling.EXACT
        is_case = _exact(typed).lower() == _exact(stored).lower()
        return Spelling.WRONG_CASE if is_case else Spelling.OTHER_CHARACTERS
    if canonical(without_invisible(typed)) == canonical(stored):
        return Spelling.INVISIBLE_CHARACTER
    if spaceless(typed) == spaceless(stored):
        return Spelling.EXTRA_SPACE
    return Spelling.DIFFERENT


def looks_like_email(text: str) -> bool:
    """Whether the text could be meant as an address, look-alikes of the at sign included (S24)."""
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

    No name server is asked, and reserved test domains are welcome. A plain address in one is known to be right without
    the library, which takes a tenth of a start to load.
    """
    parse_identifier(text, field)
    if _FOR_TESTS.fullmatch(text):
        return text
    from email_validator import EmailNotValidError, validate_email

    stored = unicodedata.normalize("NFC", text)
    try:
        checked = validate_email(stored, check_deliverability=False, test_environment=True, strict=True)
    except EmailNotValidError as error:
        raise invalid(field, str(error)) from error
    if _ENCODED in stored.lower():
        stored = f"{checked.local_part}@{checked.domain}"
    if canonical(stored).count("@") != 1 or has_spaces(canonical(stored)):
        raise invalid(field, "The address contains a character that looks like another one.")
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
        raise invalid(field, "Use letters, digits, dots, hyphens and underscores only.")
    return _storable(stored, field)


def _storable(stored: str, field: str) -> str:
    if len(canonical(stored)) > LONGEST:
        raise invalid(field, f"At most {LONGEST} characters.")
    return stored


def _is_name_character(character: str) -> bool:
    return character in "._-" or unicodedata.category(character)[0] in "LMN"


def _fold(text: str) -> str:
    """NFKC and case-folded, until it stays as it is."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFKC", folded.casefold())


def _exact(text: str) -> str:
    """The form in which case still counts: NFC, and the domain of an address in letters."""
    text = unicodedata.normalize("NFC", text)
    local, at, domain = text.rpartition("@")
    labels = domain.translate(_DOTS).split(".")
    return f"{local}@{'.'.join(_in_letters(label) for label in labels)}" if at else text


def _in_letters(label: str) -> str:
    """A label of a domain without its punycode; as it is where that is none, or stands for what no label may hold."""
    lowered = label.lower()
    if not lowered.startswith(_ENCODED) or not lowered.isascii():
        return label
    encoded = lowered.removeprefix(_ENCODED)
    try:
        letters = encoded.encode().decode("punycode")
        is_label = letters.encode("punycode").decode() == encoded
    except (UnicodeError, ValueError, OverflowError):
        return label
    is_settled = unicodedata.normalize("NFKC", letters) == letters == letters.lower()
    return letters if is_label and is_settled and _is_plain(letters) else label


def _is_plain(letters: str) -> bool:
    """Whether these are letters beyond ASCII, with no sign, space or invisible character among them."""
    if letters.isascii() or letters[2:4] == "--" or has_spaces(letters):
        return False
    return all(c in _ALLOWED_SIGNS or unicodedata.category(c)[0] in "LMN" for c in letters)
