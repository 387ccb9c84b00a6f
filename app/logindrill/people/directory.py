"""The directory of a sandbox: finds people by what they type, and shows them as cards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, func, literal, or_, select

from logindrill.models import Company, EmailAddress, Membership, Phone, Tombstone, User
from logindrill.people.rows import (
    EmailRow,
    MembershipRow,
    PhoneRow,
    StoredMembership,
    StoredUser,
    TombstoneRow,
    UserRow,
)
from logindrill.rules.identifiers import canonical, looks_like_email
from logindrill.rules.lifecycle import MembershipAccess, UserStatus
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
    PhoneRow, select(Phone.number, Phone.kind).where(Phone.user_id == bindparam("user")).order_by(Phone.key)
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


def account(uow: UnitOfWork, user_id: str) -> UserRow:
    """The stored account with this id, whatever its status; the account must exist."""
    return _BY_ID.one(uow, {"user": user_id})


def find_deleted(uow: UnitOfWork, typed: str) -> str | None:
    """The id of a deleted user who had the typed identifier, found by its keyed digest."""
    row = _DELETED.one_or_none(uow, {"digest": uow.keyed(canonical(typed))})
    return None if row is None else row.user_id


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


def contains_text(uow: UnitOfWork, text: str) -> ColumnElement[bool]:
    """The condition that a name, username, address or number contains a text, whatever its case, or that the id
    equals it.

    Canonical forms are compared where there are any, so that both databases find the same people.
    """
    part = canonical(text)
    digits = "".join(character for character in text if character.isdigit())
    found = [
        func.lower(User.name).contains(text.lower(), autoescape=True),
        User.id == text,
        User.username_canonical.contains(part, autoescape=True),
        User.id.in_(uow.select(EmailAddress.user_id).where(EmailAddress.canonical.contains(part, autoescape=True))),
    ]
    if len(digits) > 2:
        numbers = uow.select(Phone.user_id).where(Phone.number.contains(digits))
        found.append(User.id.in_(numbers))
    return or_(*found)
