"""Reads what applications may be told of a person, as it is now (OpenID Connect Core 1.0, 5.1)."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select

from logindrill.models import EmailAddress, User, UserPhone
from logindrill.people import directory
from logindrill.rules.applications.claims import Person
from logindrill.rules.lifecycle import MembershipAccess, UserStatus
from logindrill.work.statements import PreparedSelect, columns_of
from logindrill.work.unit_of_work import UnitOfWork


class ProfileRow(NamedTuple):
    """A person with their main address and their first number."""

    id: str
    name: str
    username: str | None
    created_at: datetime
    status: UserStatus
    email: str | None
    phone: str | None


_FIND = PreparedSelect(
    ProfileRow,
    select(
        *columns_of(ProfileRow, User),
        select(EmailAddress.address)
        .where(EmailAddress.user_id == User.id, EmailAddress.kind == "main")
        .order_by(EmailAddress.key)
        .limit(1)
        .scalar_subquery()
        .label("email"),
        select(UserPhone.number)
        .where(UserPhone.user_id == User.id)
        .order_by(UserPhone.key)
        .limit(1)
        .scalar_subquery()
        .label("phone"),
    ).where(User.id == bindparam("user")),
)


def of(uow: UnitOfWork, user_id: str, names: Collection[str]) -> Person:
    """What the claims with these names are made of; the account must exist. Companies are read only where needed."""
    row = _FIND.one(uow, {"user": user_id})
    memberships = directory.memberships_of(uow, user_id) if "companies" in names else ()
    granted = [each for each in memberships if each.access == MembershipAccess.GRANTED]
    return Person(
        id=row.id,
        name=row.name,
        username=row.username,
        created_at=row.created_at,
        email=row.email,
        phone=row.phone,
        is_confirmed=row.status is not UserStatus.INVITED,
        companies=[(each.company_id, each.role) for each in granted],
    )
