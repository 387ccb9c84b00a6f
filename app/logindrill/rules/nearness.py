"""Names the ways in which a typed value is almost right, with a sentence for each (overall rules 9 and 10)."""

from collections.abc import Iterable
from enum import StrEnum


class Nearness(StrEnum):
    """In what way something was almost right."""

    CASE = "case"
    SPACE = "space"
    CASE_AND_SPACE = "case_and_space"
    INVISIBLE_CHARACTER = "invisible_character"
    OTHER_CHARACTERS = "other_characters"
    """The same text in other characters, such as full width, or ß for ss."""
    SEVERAL = "several"
    """Several of these at once."""
    HYPHEN = "hyphen"
    OTHER_FIGURES = "other_figures"
    """The same number in the digits of another script."""
    LOST_ZERO = "lost_zero"
    LETTER_FOR_DIGIT = "letter_for_digit"
    SWAPPED_DIGITS = "swapped_digits"
    LETTERS_BEFORE = "letters_before"
    OTHER_MESSAGE = "other_message"
    KEYBOARD_LAYOUT = "keyboard_layout"
    SECONDARY_ADDRESS = "secondary_address"
    EARLIER_HOLDER = "earlier_holder"
    """The address or username was that of another account, which was deleted; the password may be that one's."""
    OTHER_COMPANY = "other_company"
    OTHER_SIGN_IN = "other_sign_in"
    SUPERSEDED = "superseded"
    USED = "used"
    JUST_EXPIRED = "just_expired"
    OTHER_TIME = "other_time"
    """The code of an authenticator app, but of another time: typed too late, or by a phone whose clock is off."""


SENTENCES = {
    Nearness.CASE: "right except for upper and lower case",
    Nearness.SPACE: "right except for a space",
    Nearness.CASE_AND_SPACE: "right except for case and spaces",
    Nearness.INVISIBLE_CHARACTER: "right but for an invisible character",
    Nearness.OTHER_CHARACTERS: "right but for other forms of its characters, such as full width, or \u00df for ss",
    Nearness.SEVERAL: "right but for case, spaces or other forms of its characters, more than one of them at once",
    Nearness.HYPHEN: "right but for a hyphen",
    Nearness.OTHER_FIGURES: "right but for the digits of another script",
    Nearness.LOST_ZERO: "right but for a zero that is missing at the beginning",
    Nearness.LETTER_FOR_DIGIT: "right but for a letter in the place of a digit, as O for 0 or l for 1",
    Nearness.SWAPPED_DIGITS: "right but for two neighbouring digits that changed places",
    Nearness.LETTERS_BEFORE: "right but for the letters before it, as G- before 123456",
    Nearness.OTHER_MESSAGE: "the code of another message",
}
"""What evidence says of them."""


def nearness_in(evidence: str, kinds: Iterable[Nearness] = tuple(SENTENCES)) -> Nearness | None:
    """The kind whose sentence the evidence holds; None where it holds none."""
    return next((kind for kind in kinds if SENTENCES[kind] in evidence), None)
