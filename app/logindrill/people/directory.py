"""The directory of a sandbox: finds people by what they type, and shows them as cards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, bindparam, func, literal, or_, select

from logindrill.models import Company, EmailAddress, Membership, Tombstone, User, UserPhone
from logindrill.people.rows import (
    EmailRow,
    MembershipRow,
    PhoneRow,
    StoredMembership,
    StoredUser,
    TombstoneRow,
    UserRow,
)
from logindrill.rules.decisions import invalid
from logindrill.rules.identifiers import canonical, looks_like_email, search_forms, spaceless
from logindrill.rules.lifecycle import MembershipAccess, UserStatus
from logindrill.rules.phones import number_of
from logindrill.rules.suggestions import did_you_mean
from logindrill.rules.texts import with_plain_digits
from logindrill.work.statements import PreparedSelect, columns_of
from logindrill.work.unit_of_work import UnitOfWork

_USER = columns_of(UserRow, User)
_BY_EMAIL = PreparedSelect(
    UserRow,
    select(*_USER, EmailAddress.address.label("found_as"), EmailAddress.kind.label("found_in"))
    .join_from(EmailAddress, User, User.id == EmailAddress.user_id)
    .where(EmailAddress.canonical == bindparam("canonical")),
)
_BY_USERNAME = PreparedSelect(
    UserRow,
    select(*_USER, User.username.label("found_as"), literal("username").label("found_in")).where(
        User.username_canonical == bindparam("canonical")
    ),
)
_BY_ID = PreparedSelect(
    UserRow,
    select(*_USER, User.id.label("found_as"), literal("id").label("found_in")).where(User.id == bindparam("user")),
)
_DELETED = PreparedSelect(
    TombstoneRow, select(Tombstone.user_id).where(Tombstone.identifier_digest == bindparam("digest")).limit(1)
)
_EMAILS_OF = PreparedSelect(
    EmailRow,
    select(EmailAddress.address, EmailAddress.kind)
    .where(EmailAddress.user_id == bindparam("user"))
    .order_by(EmailAddress.key),
)
_PHONES_OF = PreparedSelect(
    PhoneRow,
    select(UserPhone.number, UserPhone.kind).where(UserPhone.user_id == bindparam("user")).order_by(UserPhone.key),
)
_MEMBERSHIPS_OF = PreparedSelect(
    MembershipRow,
    select(
        Membership.company_id,
        Company.name.label("company_name"),
        Membership.role,
        Membership.access,
        Membership.cause,
        Membership.epoch,
    )
    .join_from(Membership, Company, Company.id == Membership.company_id)
    .where(Membership.user_id == bindparam("user"))
    .order_by(Membership.key),
)

NOBODY = ""
"""Takes the place of an id where there is none, so that the same statements run for an unknown person."""
_COMPARED = 1_000
"""How many ids an unknown one is compared with."""


class _Id(NamedTuple):
    id: str


_SOMEBODY = PreparedSelect(_Id, select(User.id).order_by(User.id).limit(1))


@dataclass(frozen=True, slots=True)
class EmailEntry:
    """An address of a person: `main` can be used to sign in, `secondary` only receives mail."""

    address: str
    kind: str


@dataclass(frozen=True, slots=True)
class PhoneEntry:
    """A number of a person in E.164: `whatsapp` or `sms`."""

    number: str
    kind: str


@dataclass(frozen=True, slots=True)
class MembershipEntry:
    """A person's membership in one company."""

    company: str
    role: str
    access: MembershipAccess


@dataclass(frozen=True, slots=True)
class SecondFactorEntry:
    """The second factor that is set up: `whatsapp_otp`, `second_password` or `totp`."""

    method: str


@dataclass(frozen=True, slots=True)
class UserCard:
    """A person as staff, the person and the tester see them: it contains no secret and no hash."""

    id: str
    name: str
    username: str | None
    status: UserStatus
    emails: tuple[EmailEntry, ...]
    phones: tuple[PhoneEntry, ...]
    memberships: tuple[MembershipEntry, ...]
    second_factor: SecondFactorEntry | None
    opted_out: bool
    last_sign_in_at: datetime | None


def find(uow: UnitOfWork, typed: str) -> UserRow | None:
    """The user whose username or e-mail address is the typed one in canonical form."""
    statement = _BY_EMAIL if looks_like_email(typed) else _BY_USERNAME
    return statement.one_or_none(uow, {"canonical": canonical(typed)})


def find_but_for_spaces(uow: UnitOfWork, typed: str) -> UserRow | None:
    """The user a sign-in is about: that of `find`, else the one whose identifier is right but for spaces (A8)."""
    return find(uow, typed) or find(uow, spaceless(typed))


def account(uow: UnitOfWork, user_id: str) -> UserRow:
    """The stored account with this id, whatever its status; the account must exist."""
    return _BY_ID.one(uow, {"user": user_id})


def find_deleted(uow: UnitOfWork, typed: str) -> str | None:
    """The id of a deleted user who had the typed identifier, found by its keyed digest."""
    row = _DELETED.one_or_none(uow, {"digest": uow.keyed(canonical(typed))})
    return None if row is None else row.user_id


def somebody(uow: UnitOfWork) -> str | None:
    """The id of any account of the sandbox, for a row that is deleted again at once; None where it has no account."""
    row = _SOMEBODY.one_or_none(uow, {})
    return None if row is None else row.id


def memberships_of(uow: UnitOfWork, user_id: str) -> Sequence[MembershipRow]:
    """All memberships of a user, the earliest first, with company name, access, cause and epoch."""
    return _MEMBERSHIPS_OF.all(uow, {"user": user_id})


def card(
    uow: UnitOfWork,
    user: StoredUser,
    memberships: Sequence[StoredMembership] | None = None,
    *,
    last_sign_in_at: datetime | None = None,
) -> UserCard:
    """The card of a user, given as a row or an object.

    `memberships` avoids reading them again; `last_sign_in_at` is newer than what the row has.
    """
    key = {"user": user.id}
    if memberships is None:
        memberships = memberships_of(uow, user.id)
    return UserCard(
        id=user.id,
        name=user.name,
        username=user.username,
        status=user.status,
        emails=tuple(EmailEntry(row.address, row.kind) for row in _EMAILS_OF.all(uow, key)),
        phones=tuple(PhoneEntry(row.number, row.kind) for row in _PHONES_OF.all(uow, key)),
        memberships=tuple(MembershipEntry(row.company_id, row.role, row.access) for row in memberships),
        second_factor=None if user.second_factor is None else SecondFactorEntry(user.second_factor),
        opted_out=user.opted_out,
        last_sign_in_at=last_sign_in_at or user.last_sign_in_at,
    )


def addresses(uow: UnitOfWork, user_id: str) -> Sequence[EmailRow]:
    """The stored e-mail addresses of a user: address and kind, in the order they were added."""
    return _EMAILS_OF.all(uow, {"user": user_id})


def numbers(uow: UnitOfWork, user_id: str) -> Sequence[PhoneRow]:
    """The phone numbers of a user: number and kind, in the order they were added."""
    return _PHONES_OF.all(uow, {"user": user_id})


def user(uow: UnitOfWork, user_id: str) -> User | None:
    """The user with this id, deleted ones excluded."""
    found = uow.find(User, user_id)
    return None if found is None or found.status is UserStatus.DELETED else found


def require_user_id(uow: UnitOfWork, user_id: str, field: str = "user") -> None:
    """Raise Invalid for an id that nobody has or had, naming the one that may be meant."""
    if uow.session.scalar(uow.select(User.id).where(User.id == user_id)) is not None:
        return
    named = find(uow, user_id)
    known = uow.select(User.id).order_by(User.key).limit(_COMPARED)
    meant = did_you_mean(user_id, uow.session.scalars(known)) if named is None else f" Did you mean {named.id}?"
    raise invalid(field, f"Nobody has the id {user_id}.{meant}", "unknown")


def contains_text(uow: UnitOfWork, text: str) -> ColumnElement[bool]:
    """The condition that a name, username, address or number contains a text, whatever its case, or that the id
    equals it.

    Canonical forms are compared where there are any, so that both databases find the same people.
    """
    parts = search_forms(text)
    number = number_of(text, uow.policy.phones)
    digits = "".join(character for character in with_plain_digits(text) if character.isdigit())
    found = [
        func.lower(User.name).contains(text.lower(), autoescape=True),
        User.id == text,
        *(User.username_canonical.contains(part, autoescape=True) for part in parts),
        User.id.in_(
            uow.select(EmailAddress.user_id).where(
                or_(*(EmailAddress.canonical.contains(part, autoescape=True) for part in parts))
            )
        ),
    ]
    if len(digits) > 2:
        numbers = uow.select(UserPhone.user_id).where(UserPhone.number.contains(number or digits))
        found.append(User.id.in_(numbers))
    return or_(*found)
