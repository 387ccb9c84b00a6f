"""Lists and finds everybody in a sandbox, for the tester; no session or permission is needed."""

from collections.abc import Sequence

from logindrill.models import Membership, User
from logindrill.people import directory
from logindrill.people.directory import UserCard
from logindrill.rules.decisions import Refused
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.reasons import NOT_FOUND
from logindrill.work.paging import Page, page_after, page_before
from logindrill.work.unit_of_work import UnitOfWork


def page(uow: UnitOfWork, *, after: str | None, limit: int) -> Page[UserCard]:
    """People of every company, in the order they were added; deleted ones have no data left to show (A27)."""
    statement = uow.select(User).where(User.status != UserStatus.DELETED)
    return page_after(uow, User, statement, after=after, limit=limit, show=lambda user: directory.card(uow, user))


def search(uow: UnitOfWork, text: str, *, role: str | None, before: str | None, limit: int) -> Page[UserCard]:
    """People whose name, username, address or number contains a text, whatever its case.

    Those added last come first.
    """
    statement = uow.select(User).where(User.status != UserStatus.DELETED)
    if text:
        statement = statement.where(directory.contains_text(uow, text))
    if role is not None:
        statement = statement.where(
            uow.select(Membership.key).where(Membership.user_id == User.id, Membership.role == role).exists()
        )
    return page_before(uow, User, statement, before=before, limit=limit, show=lambda user: directory.card(uow, user))


def names(uow: UnitOfWork, ids: Sequence[str]) -> dict[str, str]:
    """The names of people, by id; deleted people are left out."""
    rows = uow.session.execute(uow.select(User.id, User.name).where(User.id.in_(list(ids)), User.name != ""))
    return {row.id: row.name for row in rows}


def show(uow: UnitOfWork, user_id: str) -> UserCard:
    """One person. Raises Refused (404)."""
    user = directory.user(uow, user_id)
    if user is None:
        raise Refused(NOT_FOUND, detail="There is no such person.")
    return directory.card(uow, user)
