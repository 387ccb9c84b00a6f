"""An edit of a person, and the kind of each change in it, compared with the present values (C6)."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from logindrill.models import User
from logindrill.people import directory
from logindrill.people.directory import EmailEntry, PhoneEntry
from logindrill.rules.changes import kind_of_value, kinds_of_moves
from logindrill.rules.identifiers import canonical
from logindrill.work.unit_of_work import UnitOfWork


class UserEdit(Struct, frozen=True):
    """Changes of a user; None keeps a value, an empty username removes it."""

    name: str | None = None
    username: str | None = None
    emails: Sequence[EmailEntry] | None = None
    phones: Sequence[PhoneEntry] | None = None
    opted_out: bool | None = None


def present(uow: UnitOfWork, user: User, field: str) -> Any:
    """The present value of a field, as a change gives it."""
    if field == "emails":
        return [EmailEntry(row.address, row.kind) for row in directory.addresses(uow, user.id)]
    if field == "phones":
        return [PhoneEntry(row.number, row.kind) for row in directory.numbers(uow, user.id)]
    return getattr(user, field)


def kinds(uow: UnitOfWork, user: User, changes: Mapping[str, Any]) -> list[str]:
    """What becomes of each field, without its values (C6)."""
    found: list[str] = []
    for field in sorted(changes):
        before = present(uow, user, field)
        if field == "emails":
            old, new = ([(canonical(one.address), one.kind) for one in held] for held in (before, changes[field]))
            found += kinds_of_moves(field, old, new)
        elif field == "phones":
            old, new = ([(one.number, one.kind) for one in held] for held in (before, changes[field]))
            found += kinds_of_moves(field, old, new)
        else:
            found.append(kind_of_value(field, before, changes[field]))
    return found
