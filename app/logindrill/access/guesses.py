"""Counts guesses before they are judged, both per account and purpose and per guessed code or sign-in (rule 6)."""

from collections.abc import Callable
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import bindparam, delete, func, select

from logindrill.models import CodePurpose, WrongEntry
from logindrill.work.statements import PreparedInsert, PreparedSelect, PreparedWrite
from logindrill.work.unit_of_work import UnitOfWork


class _Count(NamedTuple):
    entries: int


_OF_ACCOUNT = (WrongEntry.purpose == bindparam("for_purpose")) & (WrongEntry.subject == bindparam("of_subject"))
_IN_WINDOW = PreparedSelect(
    _Count, select(func.count(WrongEntry.key).label("entries")).where(_OF_ACCOUNT, WrongEntry.at > bindparam("since"))
)
_INSERT = PreparedInsert(WrongEntry)
_TAKE_BACK = PreparedWrite(
    delete(WrongEntry).where(
        WrongEntry.key
        == select(func.max(WrongEntry.key)).where(_OF_ACCOUNT, WrongEntry.at == bindparam("now")).scalar_subquery()
    )
)

Against = Callable[[], int | None]
"""Counts a guess against the one code or sign-in that is guessed.

Returns its key, None where it accepts no more guesses.
"""


class Guess(Struct, frozen=True):
    """One entry that was counted before anyone checked whether it is right.

    `wrong_before`: wrong entries of the account in the window, without this one. `counted`: False where there were too
    many already. `against`: the key of the code or sign-in that was counted as well.
    """

    purpose: CodePurpose
    subject: str
    wrong_before: int
    counted: bool
    against: int | None


def count_first(uow: UnitOfWork, purpose: CodePurpose, subject: str, against: Against) -> Guess:
    """Count an entry in a transaction of its own: parallel guesses wait for one another, and none is judged
    uncounted (S32).
    """
    with uow.counting():
        before = in_window(uow, purpose, subject)
        if before >= uow.policy.codes.account_attempts:
            return Guess(purpose, subject, before, counted=False, against=None)
        _INSERT.run(uow, {"purpose": purpose.value, "subject": subject, "at": uow.now})
        return Guess(purpose, subject, before, counted=True, against=against())


def read_count(uow: UnitOfWork, purpose: CodePurpose, subject: str) -> Guess:
    """Read the count for an entry that will not be judged, because the connection is blocked.

    The entry is not counted.
    """
    before = in_window(uow, purpose, subject)
    return Guess(purpose, subject, before, counted=False, against=None)


def take_back(uow: UnitOfWork, guess: Guess) -> None:
    """Uncount an entry that was right, or that matched an expired or used code: it was no guess."""
    if guess.counted:
        _TAKE_BACK.run(uow, {**_account(guess.purpose, guess.subject), "now": uow.now})


def in_window(uow: UnitOfWork, purpose: CodePurpose, subject: str) -> int:
    """How many wrong entries of an account lie within the window that ends now."""
    since = uow.now - uow.policy.codes.account_window
    return _IN_WINDOW.one(uow, {**_account(purpose, subject), "since": since}).entries


def ends_codes(uow: UnitOfWork, guess: Guess) -> bool:
    """Whether this guess, being wrong, reaches the account's limit."""
    return guess.counted and guess.wrong_before + 1 >= uow.policy.codes.account_attempts


def _account(purpose: CodePurpose, subject: str) -> dict[str, object]:
    return {"for_purpose": purpose.value, "of_subject": subject}
