"""Everybody in a sandbox, for the tester: no session, no company, no permission is asked for."""

from sqlalchemy import select

from logindrill import directory
from logindrill.directory import UserCard
from logindrill.models import User
from logindrill.paging import Page, page_after
from logindrill.rules.decisions import Refused
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.reasons import NOT_FOUND
from logindrill.unit_of_work import UnitOfWork


def page(uow: UnitOfWork, *, after: str | None, limit: int) -> Page[UserCard]:
    """People of every company, in the order they were added; deleted ones have left no data to show (A27)."""
    statement = select(User).where(User.sandbox_key == uow.sandbox_key, User.status != UserStatus.DELETED)
    return page_after(uow, User, statement, after=after, limit=limit, show=lambda user: directory.card(uow, user))


def show(uow: UnitOfWork, user_id: str) -> UserCard:
    """One of them. Raises Refused (404)."""
    user = directory.user(uow.session, uow.sandbox_key, user_id)
    if user is None:
        raise Refused(NOT_FOUND, detail="There is no such person.")
    return directory.card(uow, user)
