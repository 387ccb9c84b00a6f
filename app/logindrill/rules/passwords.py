"""Requirements for a new password, and how close a wrong one came (A13, A14, D1, D8, D16)."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from logindrill.rules.decisions import FieldError
from logindrill.rules.knobs import knob, switch, whole
from logindrill.rules.nearness import SENTENCES, Nearness
from logindrill.rules.reasons import EXTRA_SPACE, WRONG_CASE, WRONG_PASSWORD, Reason
from logindrill.rules.texts import (
    is_storable,
    with_plain_digits,
    without_invisible,
    without_spaces,
    without_whitespace,
)

# normalising joins at most four code points into one, so a longer text is refused without normalising it,
# which takes time that grows with the square of the length
_LARGEST_JOIN = 4
_FIGURES = "0123456789!?.,-_#*$ "


@dataclass(frozen=True, slots=True)
class PasswordPolicy:
    """What a new password must be; lengths count Unicode code points after NFC."""

    min_length: int = knob(8, "Fewest characters of a new password.", "A13", "D1", form=whole(1, 64))
    max_length: int = knob(256, "Most characters of a new password.", "A13", form=whole(64, 1024))
    blocklist: bool = knob(False, "Whether common passwords and words of the account are refused.", "D8", form=switch())


NONE_IS_SET = "no password is set, so none can match"
"""The evidence for an account whose password was removed and that has no new one yet (C8, C13)."""


class PasswordMatch(StrEnum):
    """How the typed password compares with the account's."""

    RIGHT = "right"
    WRONG = "wrong"
    WRONG_CASE = "wrong_case"
    EXTRA_SPACE = "extra_space"
    CASE_AND_SPACE = "case_and_space"
    INVISIBLE_CHARACTER = "invisible_character"
    OTHER_CHARACTERS = "other_characters"
    SEVERAL = "several"
    NONE_SET = "none_set"


def normal(password: str) -> str:
    """The form that is hashed, when setting and when checking: NFC and nothing else, never trimmed (A8, S23)."""
    return password if password.isascii() else unicodedata.normalize("NFC", password)


def judge_new(
    password: str,
    confirmation: str,
    policy: PasswordPolicy,
    *,
    context: Sequence[str] = (),
    unchanged: bool = False,
) -> tuple[FieldError, ...]:
    """What is wrong with a new password; empty if nothing is (A13, A14, S9, S10).

    `context` holds words of the account that a blocklist refuses; `unchanged` says that it equals the one it replaces.
    """
    errors = [] if _agree(password, confirmation, policy) else [_mismatch()]
    if not is_storable(password):
        return (FieldError("password", "invalid", "The password contains a character that cannot be stored."), *errors)
    wrong_length = _judge_length(password, policy)
    if wrong_length:
        return (wrong_length, *errors)
    if unchanged:
        return (FieldError("password", "unchanged", "Choose a password that differs from the current one."), *errors)
    if policy.blocklist and is_common(normal(password), context):
        return (FieldError("password", "too_common", "This password is too easy to guess."), *errors)
    return tuple(errors)


def is_common(password: str, context: Sequence[str]) -> bool:
    """Whether the password, case aside, is on the list of common ones, or one of the account's own words, figures
    before and after it aside (D8)."""
    folded = password.casefold()
    own = {part for word in context for part in _parts(word)}
    return folded in _common() or folded in own or folded.strip(_FIGURES) in own


def near_forms(password: str) -> tuple[str, ...]:
    """The forms whose keyed hashes tell near misses (overall rule 9, D16), in the order of `_NEAR`."""
    stored = normal(password)
    bare = without_whitespace(stored)
    settled = with_plain_digits(unicodedata.normalize("NFKC", stored)).casefold()
    return (
        stored.lower(),
        bare,
        bare.lower(),
        without_invisible(stored),
        settled,
        without_spaces(settled),
    )


def match_near(typed_marks: Sequence[str], stored_marks: Sequence[str]) -> PasswordMatch:
    """How close a wrong password came, from the keyed hashes of `near_forms`.

    Without marks it is just wrong (A7, A8).
    """
    pairs = zip(_NEAR, typed_marks, stored_marks, strict=False)
    return next((match for match, typed, stored in pairs if typed == stored), PasswordMatch.WRONG)


def reason_of(match: PasswordMatch) -> Reason:
    """Why a password that is not right is refused; a slip that no reason is named after is a wrong password."""
    return _REASONS.get(match, WRONG_PASSWORD)


def evidence_of(match: PasswordMatch) -> str:
    """What is seen of a wrong password, in words."""
    if match is PasswordMatch.NONE_SET:
        return NONE_IS_SET
    return SENTENCES[_NEARNESS[match]] if match in _NEARNESS else "not the account's password"


def _agree(password: str, confirmation: str, policy: PasswordPolicy) -> bool:
    """Whether both entries are the same after NFC; entries that are far too long are compared as they were typed."""
    if _is_huge(password, policy) or _is_huge(confirmation, policy):
        return password == confirmation
    return normal(password) == normal(confirmation)


def _is_huge(password: str, policy: PasswordPolicy) -> bool:
    return len(password) > policy.max_length * _LARGEST_JOIN


def _judge_length(password: str, policy: PasswordPolicy) -> FieldError | None:
    if _is_huge(password, policy) or len(normal(password)) > policy.max_length:
        return FieldError("password", "too_long", f"At most {policy.max_length} characters.")
    if len(normal(password)) < policy.min_length:
        return FieldError("password", "too_short", f"At least {policy.min_length} characters.")
    return None


@cache
def _common() -> frozenset[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(FREQUENCY_LISTS["passwords"])


def _mismatch() -> FieldError:
    return FieldError("password_confirmation", "mismatch", "The entries must match exactly.")


def _parts(word: str) -> set[str]:
    folded = unicodedata.normalize("NFC", word).casefold()
    words = folded.replace("@", " ").split()
    return {folded, *words, *(part for word in words for part in word.split("."))}


_NEAR = (
    PasswordMatch.WRONG_CASE,
    PasswordMatch.EXTRA_SPACE,
    PasswordMatch.CASE_AND_SPACE,
    PasswordMatch.INVISIBLE_CHARACTER,
    PasswordMatch.OTHER_CHARACTERS,
    PasswordMatch.SEVERAL,
)
"""What it means that two passwords agree in one of `near_forms`."""
_REASONS = {
    PasswordMatch.WRONG_CASE: WRONG_CASE,
    PasswordMatch.OTHER_CHARACTERS: WRONG_CASE,
    PasswordMatch.EXTRA_SPACE: EXTRA_SPACE,
    PasswordMatch.INVISIBLE_CHARACTER: EXTRA_SPACE,
}
_NEARNESS = {
    PasswordMatch.WRONG_CASE: Nearness.CASE,
    PasswordMatch.EXTRA_SPACE: Nearness.SPACE,
    PasswordMatch.CASE_AND_SPACE: Nearness.CASE_AND_SPACE,
    PasswordMatch.INVISIBLE_CHARACTER: Nearness.INVISIBLE_CHARACTER,
    PasswordMatch.OTHER_CHARACTERS: Nearness.OTHER_CHARACTERS,
    PasswordMatch.SEVERAL: Nearness.SEVERAL,
}
