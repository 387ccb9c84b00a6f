"""One-time codes: one rule for every code, whatever its purpose (A23, B11, overall rules 5 and 6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from msgspec import Struct

from logindrill.rules.code_entries import AS_SHOWN, CodeEntry, CodeSpelling
from logindrill.rules.delivery import PROMISED_WITHIN, MessageKind
from logindrill.rules.durations import in_words
from logindrill.rules.endings import was_voided
from logindrill.rules.findings import Finding, failed, passed
from logindrill.rules.knobs import choice, knob, or_none, or_word, span, text, whole
from logindrill.rules.nearness import SENTENCES
from logindrill.rules.reasons import (
    CODE_NOT_EXACT,
    EXPIRED_CODE,
    NO_CODE,
    OTHER_SIGN_IN,
    SUPERSEDED_CODE,
    TOO_MANY_CODE_ATTEMPTS,
    USED_CODE,
    VOID_CODE,
    WRONG_CODE,
    WRONG_SECOND_PASSWORD,
    Reason,
)

SEEDED = "seeded"
SLOWEST_SEEDED = PROMISED_WITHIN[MessageKind.SECOND_FACTOR_CODE]
FEWEST_DIGITS, MOST_DIGITS = 6, 10


def _is_fixed_code(code: str) -> bool:
    return code.isascii() and code.isdigit() and FEWEST_DIGITS <= len(code) <= MOST_DIGITS


@dataclass(frozen=True, slots=True)
class CodePolicy:
    """How codes are made and how many wrong entries they allow."""

    digits: int = knob(6, "How many digits a code has.", "B11", form=whole(FEWEST_DIGITS, MOST_DIGITS))
    spelling: str = knob(
        CodeSpelling.FORGIVING.value,
        "How a typed code is read: forgiving ignores spaces, hyphens and invisible characters, and accepts the digits "
        "of every script; exact refuses such a code, without counting a wrong entry.",
        "rule-10",
        form=choice(*(spelling.value for spelling in CodeSpelling)),
    )
    life: timedelta = knob(
        timedelta(minutes=10),
        "How long a code works, counted from issue.",
        "A23",
        "B11",
        form=span(timedelta(seconds=1), timedelta(minutes=10)),
    )
    attempts: int = knob(5, "How many wrong entries end a code.", "rule-6", form=whole(1, 10))
    account_attempts: int = knob(
        15,
        "How many wrong entries within the window end all codes of an account; counted separately for each purpose.",
        "rule-6",
        form=whole(1, 100),
    )
    account_window: timedelta = knob(
        timedelta(hours=1),
        "The sliding window in which the wrong entries of an account are counted.",
        "rule-6",
        form=span(timedelta(seconds=1), timedelta(days=1)),
    )
    fixed: str | None = knob(
        None,
        "A code that is issued every time, so that tests need not read the inbox.",
        "codes",
        form=or_none(text(_is_fixed_code, "From 6 to 10 digits.")),
    )


@dataclass(frozen=True, slots=True)
class OtpPolicy:
    """The delivery time of a WhatsApp code."""

    delay: timedelta | str = knob(
        timedelta(0),
        'How long the WhatsApp code takes to arrive; "seeded" draws 0 to 180 seconds from the sandbox\'s seed.',
        "A23",
        form=or_word(span(timedelta(0), timedelta(days=1)), SEEDED),
    )


class CodeFacts(Struct, frozen=True):
    """The present state of one issued code (S30); `matches` says that the typed digits are its own."""

    matches: bool
    expires_at: datetime
    wrong_entries: int = 0
    used_at: datetime | None = None
    superseded_at: datetime | None = None
    voided_at: datetime | None = None
    of_other_sign_in: bool = False


def judge(
    codes: Sequence[CodeFacts],
    wrong_in_window: int,
    policy: CodePolicy,
    now: datetime,
    *,
    entry: CodeEntry = AS_SHOWN,
) -> Reason | None:
    """Why the typed code is refused, or None if it is accepted.

    `codes` are of this person and purpose, newest first: the newest, and the one that the typed digits match.

    `wrong_in_window` counts the wrong entries of the account within `account_window`, without this one.
    """
    if wrong_in_window >= policy.account_attempts:
        return TOO_MANY_CODE_ATTEMPTS
    typed = next((code for code in codes if code.matches), None)
    if typed is None:
        return NO_CODE if all(code.of_other_sign_in for code in codes) else WRONG_CODE
    dead = _judge_matching(typed, policy, now)
    if dead is not None:
        return dead
    if typed.of_other_sign_in:
        return OTHER_SIGN_IN
    return CODE_NOT_EXACT if entry.misspelled is not None else None


def find(
    name: str,
    codes: Sequence[CodeFacts],
    wrong_in_window: int,
    policy: CodePolicy,
    now: datetime,
    *,
    entry: CodeEntry = AS_SHOWN,
) -> Finding:
    """`judge` as a check of this name, which says by how little a code was wrong or too late."""
    reason = judge(codes, wrong_in_window, policy, now, entry=entry)
    if reason is None:
        return passed(name, "the newest code, and not expired")
    if reason is TOO_MANY_CODE_ATTEMPTS:
        return failed(name, reason, too_many(wrong_in_window, policy))
    if reason is not EXPIRED_CODE:
        return failed(name, reason, said_of(reason, entry))
    typed = next(code for code in codes if code.matches)
    return failed(name, reason, f"right, but it expired {in_words(now - typed.expires_at)} ago")


def said_of(reason: Reason, entry: CodeEntry) -> str | None:
    """What is seen of a refused entry: a slip in its spelling, or how near it came; None where nothing is known."""
    if reason is CODE_NOT_EXACT and entry.misspelled is not None:
        return SENTENCES[entry.misspelled]
    return entry.near if reason in {WRONG_CODE, NO_CODE} else None


FOR_ACCOUNT, ENDED = "wrong entries for the account", "ended after"


def too_many(wrong_in_window: int, policy: CodePolicy) -> str:
    """Which of the two limits of wrong entries is reached: the account's, or that of the single code or sign-in."""
    if wrong_in_window >= policy.account_attempts:
        return f"{wrong_in_window} {FOR_ACCOUNT} within {in_words(policy.account_window)}"
    return f"{ENDED} {policy.attempts} wrong entries"


def is_counted(reason: Reason) -> bool:
    """Whether this refusal counts as a wrong entry: a matching but expired or used code does not, nor an entry
    beyond the limit (overall rule 6).
    """
    return reason in {WRONG_CODE, WRONG_SECOND_PASSWORD, NO_CODE}


def is_live(code: CodeFacts, policy: CodePolicy, now: datetime) -> bool:
    """Whether the code would be accepted if it were typed now."""
    return _judge_matching(code, policy, now) is None


def _judge_matching(code: CodeFacts, policy: CodePolicy, now: datetime) -> Reason | None:
    """Why a code that was issued is refused: old codes are kept in order to say so (overall rule 5)."""
    if code.used_at:
        return USED_CODE
    if code.superseded_at:
        return SUPERSEDED_CODE
    if code.wrong_entries >= policy.attempts:
        return TOO_MANY_CODE_ATTEMPTS
    if was_voided(code.voided_at, code.expires_at):
        return VOID_CODE
    return EXPIRED_CODE if now >= code.expires_at else None
