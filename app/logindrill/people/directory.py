"""Who is who in a sandbox: people found by what they type, and shown as cards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, literal, or_, select
from sqlalchemy.orm import Session

from logindrill.models import Company, EmailAddress, Membership, Phone, Tombstone, User
from logindrill.rules.identifiers import canonical, looks_like_email
from logindrill.rules.lifecycle import MembershipAccess, UserStatus
from logindrill.work.statements import Prepared
from logindrill.work.unit_of_work import UnitOfWork

_USERS = User.__table__
_EMAILS = EmailAddress.__table__
_PHONES = Phone.__table__
_MEMBERSHIPS = Membership.__table__
_COMPANIES = Company.__table__
_TOMBSTONES = Tombstone.__table__

_BY_EMAIL = Prepared(
    select(_USERS, _EMAILS.c.address.label("found_as"), _EMAILS.c.kind.label("found_in"))
    .join_from(_EMAILS, _USERS, (_USERS.c.sandbox_key == _EMAILS.c.sandbox_key) & (_USERS.c.id == _EMAILS.c.user_id))
    .where(_EMAILS.c.sandbox_key == bindparam("sandbox"), _EMAILS.c.canonical == bindparam("canonical"))
)
_BY_USERNAME = Prepared(
    select(_USERS, _USERS.c.username.label("found_as"), literal("username").label("found_in")).where(
        _USERS.c.sandbox_key == bindparam("sandbox"), _USERS.c.username_canonical == bindparam("canonical")
    )
)
_BY_ID = Prepared(select(_USERS).where(_USERS.c.sandbox_key == bindparam("sandbox"), _USERS.c.id == bindparam("user")))
_DELETED = Prepared(
    select(_TOMBSTONES.c.user_id)
    .where(_TOMBSTONES.c.sandbox_key == bindparam("sandbox"), _TOMBSTONES.c.identifier_digest == bindparam("digest"))
    .limit(1)
)
_EMAILS_OF = Prepared(
    select(_EMAILS.c.address, _EMAILS.c.kind)
    .where(_EMAILS.c.sandbox_key == bindparam("sandbox"), _EMAILS.c.user_id == bindparam("user"))
    .order_by(_EMAILS.c.key)
)
_PHONES_OF = Prepared(
    select(_PHONES.c.number, _PHONES.c.kind)
    .where(_PHONES.c.sandbox_key == bindparam("sandbox"), _PHONES.c.user_id == bindparam("user"))
    .order_by(_PHONES.c.key)
)
_MEMBERSHIPS_OF = Prepared(
    select(
        _MEMBERSHIPS.c.company_id,
        _COMPANIES.c.name.label("company_name"),
        _MEMBERSHIPS.c.role,
        _MEMBERSHIPS.c.access,
        _MEMBERSHIPS.c.cause,
        _MEMBERSHIPS.c.epoch,
    )
    .join_from(
        _MEMBERSHIPS,
        _COMPANIES,
        (_COMPANIES.c.sandbox_key == _MEMBERSHIPS.c.sandbox_key) & (_COMPANIES.c.id == _MEMBERSHIPS.c.company_id),
    )
    .where(_MEMBERSHIPS.c.sandbox_key == bindparam("sandbox"), _MEMBERSHIPS.c.user_id == bindparam("user"))
    .order_by(_MEMBERSHIPS.c.key)
)


@dataclass(frozen=True, slots=True)
class EmailEntry:
    """An address of a person: `main` signs in, `secondary` only receives."""

    address: str
    kind: str


@dataclass(frozen=True, slots=True)
class PhoneEntry:
    """A number of a person in E.164: `whatsapp` or `sms`."""

    number: str
    kind: str


@dataclass(frozen=True, slots=True)
class MembershipEntry:
    """A person's place in one company."""

    company: str
    role: str
    access: MembershipAccess


@dataclass(frozen=True, slots=True)
class SecondFactorEntry:
    """The second factor that is set up: `whatsapp_otp`, `second_password` or `totp`."""

    method: str


@dataclass(frozen=True, slots=True)
class UserCard:
    """A person as staff, the person and the tester see them: no secret, no hash."""

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


def find(uow: UnitOfWork, typed: str) -> Any:
    """The user whose username or e-mail address is the typed one in canonical form, with `found_as` and `found_in`."""
    statement = _BY_EMAIL if looks_like_email(typed) else _BY_USERNAME
    return statement.one_or_none(uow.connection, {"sandbox": uow.sandbox_key, "canonical": canonical(typed)})


def account(uow: UnitOfWork, user_id: str) -> Any:
    """The stored account with this id, which is known to exist, whatever its status."""
    return _BY_ID.one_or_none(uow.connection, {"sandbox": uow.sandbox_key, "user": user_id})


def find_deleted(uow: UnitOfWork, typed: str) -> str | None:
    """The id of a deleted user who held the typed identifier, by its keyed digest."""
    row = _DELETED.one_or_none(uow.connection, {"sandbox": uow.sandbox_key, "digest": uow.keyed(canonical(typed))})
    return None if row is None else str(row.user_id)


def memberships_of(uow: UnitOfWork, user_id: str) -> Sequence[Any]:
    """All memberships of a user, the earliest first, with company name, access, cause and epoch."""
    return _MEMBERSHIPS_OF.all(uow.connection, {"sandbox": uow.sandbox_key, "user": user_id})


def card(
    uow: UnitOfWork, user: Any, memberships: Sequence[Any] | None = None, *, last_sign_in_at: datetime | None = None
) -> UserCard:
    """The card of a user, given as a row or an object.

    `places` spares reading the memberships again; `last_sign_in_at` is newer than what the row has.
    """
    key = {"sandbox": uow.sandbox_key, "user": user.id}
    if memberships is None:
        memberships = memberships_of(uow, user.id)
    return UserCard(
        id=user.id,
        name=user.name,
        username=user.username,
        status=user.status,
        emails=tuple(EmailEntry(row.address, row.kind) for row in _EMAILS_OF.all(uow.connection, key)),
        phones=tuple(PhoneEntry(row.number, row.kind) for row in _PHONES_OF.all(uow.connection, key)),
        memberships=tuple(MembershipEntry(row.company_id, row.role, row.access) for row in memberships),
        second_factor=None if user.second_factor is None else SecondFactorEntry(user.second_factor),
        opted_out=user.opted_out,
        last_sign_in_at=last_sign_in_at or user.last_sign_in_at,
    )


def addresses(uow: UnitOfWork, user_id: str) -> Sequence[Any]:
    """The stored e-mail addresses of a user: address and kind, in the order they were added."""
    return _EMAILS_OF.all(uow.connection, {"sandbox": uow.sandbox_key, "user": user_id})


def numbers(uow: UnitOfWork, user_id: str) -> Sequence[Any]:
    """The phone numbers of a user: number and kind, in the order they were added."""
    return _PHONES_OF.all(uow.connection, {"sandbox": uow.sandbox_key, "user": user_id})


def user(session: Session, sandbox_key: int, user_id: str) -> User | None:
    """The user with this id, deleted ones excluded."""
    found = session.scalar(select(User).where(User.sandbox_key == sandbox_key, User.id == user_id))
    return None if found is None or found.status is UserStatus.DELETED else found


def holds(uow: UnitOfWork, text: str) -> ColumnElement[bool]:
    """Whose name, username, address or number holds a text, whatever its case; or whose id it is.

    Canonical forms are compared where there are any, so that both databases find the same people.
    """
    part = canonical(text)
    digits = "".join(character for character in text if character.isdigit())
    found = [
        func.lower(User.name).contains(text.lower(), autoescape=True),
        User.id == text,
        User.username_canonical.contains(part, autoescape=True),
        User.id.in_(
            select(EmailAddress.user_id).where(
                EmailAddress.sandbox_key == uow.sandbox_key, EmailAddress.canonical.contains(part, autoescape=True)
            )
        ),
    ]
    if len(digits) > 2:
        numbers = select(Phone.user_id).where(Phone.sandbox_key == uow.sandbox_key, Phone.number.contains(digits))
        found.append(User.id.in_(numbers))
    return or_(*found)
