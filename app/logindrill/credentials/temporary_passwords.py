"""Issues, recognises and consumes temporary passwords; at most a person's newest one is valid (C8-C10, D5)."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import bindparam, select, update

from logindrill.adapters import randomness
from logindrill.credentials.rows import StoredCredential, temporary_password_facts
from logindrill.models import TemporaryPassword
from logindrill.people import passwords
from logindrill.people.rows import StoredUser
from logindrill.rules.invitations import temporary_password_refusal
from logindrill.rules.passwords import PasswordMatch, match_near, normal
from logindrill.rules.temporary_passwords import TemporaryPasswordState, state
from logindrill.work.statements import PreparedInsert, PreparedSelect, PreparedWrite, columns_of
from logindrill.work.unit_of_work import UnitOfWork


class TemporaryPasswordRow(NamedTuple):
    """A temporary password as what was typed is compared with it."""

    key: int
    id: str
    password_hash: str
    mark: str | None
    expires_at: datetime
    used_at: datetime | None
    superseded_at: datetime | None
    void_at: datetime | None


_OF_PERSON = TemporaryPassword.user_id == bindparam("user")
_OUTSTANDING = (
    TemporaryPassword.used_at.is_(None)
    & TemporaryPassword.superseded_at.is_(None)
    & TemporaryPassword.void_at.is_(None)
)
_ROW = columns_of(TemporaryPasswordRow, TemporaryPassword)

_INSERT = PreparedInsert(TemporaryPassword)
_NEWEST_FIRST = PreparedSelect(
    TemporaryPasswordRow, select(*_ROW).where(_OF_PERSON).order_by(TemporaryPassword.key.desc())
)
_BY_ID = PreparedSelect(TemporaryPasswordRow, select(*_ROW).where(TemporaryPassword.id == bindparam("password")))
_SUPERSEDE = PreparedWrite(
    update(TemporaryPassword).where(_OF_PERSON, _OUTSTANDING).values(superseded_at=bindparam("now"))
)
_CONSUME = PreparedWrite(
    update(TemporaryPassword)
    .where(
        TemporaryPassword.key == bindparam("password"), _OUTSTANDING, TemporaryPassword.expires_at > bindparam("now")
    )
    .values(used_at=bindparam("now"))
)


class DrawnPassword(Struct, frozen=True):
    """A new temporary password, hashed before the write; the plain text is shown once and not stored."""

    plain: str
    password_hash: str


class IssuedPassword(Struct, frozen=True):
    """A temporary password that is valid from now on."""

    id: str
    expires_at: datetime


class PasswordEntry(Struct, frozen=True):
    """How the typed password compares with the account's own, and which temporary password it is, if any."""

    password: PasswordMatch
    state: TemporaryPasswordState | None = None
    id: str | None = None


def draw(uow: UnitOfWork) -> DrawnPassword:
    """A random password of the length the policy requires.

    It is hashed here, so never call this within a write transaction.
    """
    plain = randomness.pronounceable_password(shortest=uow.policy.passwords.min_length)
    return DrawnPassword(plain, uow.runtime.hasher.hash(normal(plain)))


def issue(uow: UnitOfWork, user_id: str, drawn: DrawnPassword, *, issued_by: str) -> IssuedPassword:
    """Make the drawn password valid; the earlier one is superseded (newest wins, C8, S44)."""
    _SUPERSEDE.run(uow, {"user": user_id, "now": uow.now})
    issued = IssuedPassword(randomness.public_id("tmp"), uow.now + uow.policy.temporary_passwords.life)
    _INSERT.run(
        uow,
        {
            "id": issued.id,
            "user_id": user_id,
            "password_hash": drawn.password_hash,
            "mark": mark(uow, user_id, drawn.plain),
            "issued_by": issued_by,
            "issued_at": uow.now,
            "expires_at": issued.expires_at,
        },
    )
    return issued


def match(uow: UnitOfWork, typed: str, user: StoredUser | None, memberships: int) -> PasswordEntry:
    """Compare a typed password with the account's own and with its temporary ones, expired and used ones included.

    It hashes exactly once, whatever is found, and for `user` None too (S20). An outstanding temporary password, expired
    or not, has replaced the account's own (C8).
    """
    user_id = "" if user is None else user.id
    rows = _NEWEST_FIRST.all(uow, {"user": user_id})
    outstanding = next((row for row in rows if _is_outstanding(row)), None)
    if outstanding is None:
        own = passwords.match(uow, typed, user)
    elif uow.runtime.hasher.verify(normal(typed), outstanding.password_hash):
        return PasswordEntry(PasswordMatch.WRONG, state_of(uow, outstanding, memberships), outstanding.id)
    else:
        own = _near(uow, typed, user, state_of(uow, outstanding, memberships))
    dead = None if own is PasswordMatch.RIGHT else _marked(uow, typed, user_id, rows)
    return PasswordEntry(own) if dead is None else PasswordEntry(own, state_of(uow, dead, memberships), dead.id)


def find(uow: UnitOfWork, password_id: str | None) -> TemporaryPasswordRow:
    """The temporary password that a sign-in began with, dead or alive; raises LookupError where there is none."""
    return _BY_ID.one(uow, {"password": password_id})


def state_of(uow: UnitOfWork, row: StoredCredential, memberships: int) -> TemporaryPasswordState:
    """The present state of a temporary password; it is not valid for a person of more than one company (C10)."""
    found = state(temporary_password_facts(row), uow.now)
    if found is TemporaryPasswordState.LIVE and temporary_password_refusal(memberships) is not None:
        return TemporaryPasswordState.VOID
    return found


def consume(uow: UnitOfWork, row: TemporaryPasswordRow) -> bool:
    """Use a temporary password up, in one conditional write: of any number of parallel uses exactly one returns
    True.
    """
    return _CONSUME.run(uow, {"password": row.key, "now": uow.now}) == 1


def mark(uow: UnitOfWork, user_id: str, plain: str) -> str:
    """The keyed digest by which a temporary password is recognised after use or expiry."""
    return uow.keyed(f"{user_id} {normal(plain)}")


def _is_outstanding(row: TemporaryPasswordRow) -> bool:
    return row.used_at is None and row.superseded_at is None and row.void_at is None


def _near(uow: UnitOfWork, typed: str, user: StoredUser | None, state: TemporaryPasswordState) -> PasswordMatch:
    """How close the typed password is to the outstanding temporary one, by the near-miss digests of the account
    (D16).
    """
    typed_marks = passwords.marks(uow, normal(typed))
    if state is not TemporaryPasswordState.LIVE:
        return PasswordMatch.NONE_SET
    return match_near((typed_marks or "").split(), ("" if user is None else user.password_marks or "").split())


def _marked(
    uow: UnitOfWork, typed: str, user_id: str, rows: Sequence[TemporaryPasswordRow]
) -> TemporaryPasswordRow | None:
    typed_mark = mark(uow, user_id, typed)
    return next((row for row in rows if row.mark == typed_mark), None)
