"""Reads codes as people type them, and describes how close a wrong one came (overall rules 6 and 10)."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from enum import StrEnum

from msgspec import Struct

from logindrill.rules.nearness import SENTENCES, Nearness
from logindrill.rules.texts import is_invisible, with_plain_digits, without_invisible

_MOST_DIGITS = 10
_PREFIXED = re.compile(rf"[^\W\d_]{{1,8}}([0-9]{{1,{_MOST_DIGITS}}})")
"""A code with the letters that a service writes before it in a text message."""
_MINUS = "\u2212"
_LETTERS = {
    ord(letter): digit
    for letters, digit in (("OoQD\u041e\u043e\u039f\u03bf", "0"), ("lIi|!", "1"), ("Zz", "2"), ("Ss", "5"), ("B", "8"))
    for letter in letters
}
"""Letters that look like a digit, the Cyrillic and Greek O among them."""


class CodeSpelling(StrEnum):
    """How codes are read."""

    FORGIVING = "forgiving"
    EXACT = "exact"


class CodeEntry(Struct, frozen=True):
    """What is known of a typed code beside the codes it may match.

    `misspelled`: what had to be overlooked to read it, where the sandbox reads exactly. `near`: evidence of how near
    a wrong one came.
    """

    misspelled: Nearness | None = None
    near: str | None = None


AS_SHOWN = CodeEntry()
"""An entry with nothing to say about it."""


def read_code(typed: str) -> str:
    """The code that was meant: without spaces, hyphens and invisible characters, its digits written as 0 to 9."""
    return with_plain_digits("".join(c for c in typed if not _is_skipped(c)))


def misspelling(typed: str) -> Nearness | None:
    """What `read_code` overlooks in the entry; None where it was typed exactly as it is shown."""
    if typed == read_code(typed):
        return None
    if any(is_invisible(c) for c in typed):
        return Nearness.INVISIBLE_CHARACTER
    if any(c.isspace() for c in typed):
        return Nearness.SPACE
    return Nearness.HYPHEN if any(_is_hyphen(c) for c in typed) else Nearness.OTHER_FIGURES


def near_miss(typed: str, is_right: Callable[[str], bool]) -> str | None:
    """Evidence of the small slip without which a wrong code would be right; None where there is no such slip."""
    return next((SENTENCES[kind] for kind, meant in _slips(read_code(typed)) if is_right(meant)), None)


def _slips(code: str) -> Iterator[tuple[Nearness, str]]:
    """Every code that may have been meant, and what went wrong if it was."""
    if (prefixed := _PREFIXED.fullmatch(code)) is not None:
        yield Nearness.LETTERS_BEFORE, prefixed[1]
    digits = unicodedata.normalize("NFKC", without_invisible(code)).translate(_LETTERS)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS):
        return
    if digits != code:
        yield Nearness.LETTER_FOR_DIGIT, digits
    for length in range(len(digits) + 1, _MOST_DIGITS + 1):
        yield Nearness.LOST_ZERO, digits.zfill(length)
    for at in range(len(digits) - 1):
        if digits[at] != digits[at + 1]:
            yield Nearness.SWAPPED_DIGITS, digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]


def _is_skipped(character: str) -> bool:
    return character.isspace() or _is_hyphen(character) or is_invisible(character)


def _is_hyphen(character: str) -> bool:
    return character == _MINUS or unicodedata.category(character) == "Pd"
