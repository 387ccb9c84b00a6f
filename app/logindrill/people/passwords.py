"""Checks typed passwords and hashes new ones."""

from collections.abc import Sequence

from msgspec import Struct

from logindrill.people.rows import StoredUser
from logindrill.rules.decisions import FieldError, Invalid
from logindrill.rules.passwords import PasswordMatch, judge_new, match_near, near_forms, normal
from logindrill.rules.values import replace
from logindrill.work.unit_of_work import UnitOfWork


class HashedPassword(Struct, frozen=True):
    """A password as it is stored: its hash, and its near-miss forms where they are kept."""

    hash: str
    marks: str | None


def match(uow: UnitOfWork, typed: str, user: StoredUser | None) -> PasswordMatch:
    """Compare a typed password with a user's; hashes once, for `user` None too (S20, D16)."""
    stored = None if user is None else user.password_hash
    typed = normal(typed)
    if uow.runtime.hasher.verify(typed, stored):
        return PasswordMatch.RIGHT
    near = _match_near(uow, typed, None if user is None else user.password_marks)
    if stored is None:
        return PasswordMatch.WRONG if user is None else PasswordMatch.NONE_SET
    return near


def match_second(uow: UnitOfWork, typed: str, stored_hash: str | None, stored_marks: str | None) -> PasswordMatch:
    """How a typed second password stands to the stored one; hashes once (overall rule 10)."""
    typed = normal(typed)
    if uow.runtime.hasher.verify(typed, stored_hash):
        return PasswordMatch.RIGHT
    return _match_near(uow, typed, stored_marks)


def marks(uow: UnitOfWork, password: str) -> str | None:
    """The keyed digests of a password's near-miss forms, as stored; None beyond loopback (D16)."""
    if not uow.runtime.near_misses:
        return None
    return " ".join(uow.keyed(form) for form in near_forms(password))


def hash_new(
    uow: UnitOfWork, password: str, confirmation: str, *, current_hash: str | None, context: Sequence[str]
) -> str:
    """Judge a new password and hash it, outside any transaction; raises Invalid with the fields (A13, A14).

    `current_hash` is the password it must differ from, None where it may be the same.
    """
    errors = judge_new(password, confirmation, uow.policy.passwords, context=context)
    if not errors and current_hash is not None and uow.runtime.hasher.verify(normal(password), current_hash):
        errors = (FieldError("password", "unchanged", "Choose a password that differs from the current one."),)
    if errors:
        raise Invalid(*errors)
    return uow.runtime.hasher.hash(normal(password))


def hash_second(uow: UnitOfWork, password: str, *, first: str, context: Sequence[str], field: str) -> HashedPassword:
    """Judge a second password and hash it; it must differ from the first one (S35).

    The reverse is not checked when a first password changes: the answer would allow guessing the second one uncounted.
    Raises Invalid with `field`.
    """
    errors = judge_new(password, password, uow.policy.passwords, context=context)
    if not errors and normal(password) == normal(first):
        errors = (FieldError("password", "unchanged", "Choose a second password that differs from the first."),)
    if errors:
        raise Invalid(*(replace(error, field=field) for error in errors))
    return HashedPassword(uow.runtime.hasher.hash(normal(password)), marks(uow, password))


def _match_near(uow: UnitOfWork, typed: str, stored_marks: str | None) -> PasswordMatch:
    """The forms of what was typed are computed in any case, so that the time tells nothing."""
    typed_marks = marks(uow, typed)
    return match_near((typed_marks or "").split(), (stored_marks or "").split())
