"""Reads messages of the captured inbox: a page of them, one by id, or the newest that matches."""

from collections.abc import Callable

from logindrill.models import Message
from logindrill.rules.decisions import Refused
from logindrill.rules.reasons import NOT_FOUND
from logindrill.services.inbox.cards import MessageCard, cards
from logindrill.services.inbox.filters import MessageFilter, MessageOrder, arrived, later_than, matching, newest_first
from logindrill.work.paging import Page, page_after, page_before
from logindrill.work.unit_of_work import UnitOfWork


def page(uow: UnitOfWork, criteria: MessageFilter, *, after: str | None, limit: int) -> Page[MessageCard]:
    """Messages in the order of issue, including unsent ones with the reason."""
    as_it_is: Callable[[Message], Message] = lambda message: message  # noqa: E731
    found = page_after(uow, Message, matching(uow, criteria), after=after, limit=limit, show=as_it_is)
    return Page(cards(uow, found.data), found.has_more)


def page_back(
    uow: UnitOfWork, criteria: MessageFilter, *, user: str | None, before: str | None, limit: int
) -> Page[MessageCard]:
    """The same, the newest first; with `user`, only messages to that person."""
    as_it_is: Callable[[Message], Message] = lambda message: message  # noqa: E731
    statement = matching(uow, criteria)
    if user is not None:
        statement = statement.where(Message.user_id == user)
    found = page_before(uow, Message, statement, before=before, limit=limit, show=as_it_is)
    return Page(cards(uow, found.data), found.has_more)


def codes_of(uow: UnitOfWork, user_id: str, most: int) -> tuple[MessageCard, ...]:
    """The newest messages to a person that contain a code, in the order of issue."""
    statement = uow.select(Message).where(Message.user_id == user_id, Message.code.is_not(None))
    rows = uow.session.scalars(statement.order_by(Message.key.desc()).limit(most)).all()
    return cards(uow, rows[::-1])


def show(uow: UnitOfWork, message_id: str) -> MessageCard:
    """One message, wherever it is. Raises Refused (404)."""
    return cards(uow, [find(uow, message_id)])[0]


def latest(
    uow: UnitOfWork, criteria: MessageFilter, *, order: MessageOrder = MessageOrder.ARRIVED, after: str | None = None
) -> MessageCard:
    """The newest arrived message that matches, spam included. Raises Refused (404), Invalid for `after`."""
    message = newest(uow, criteria, order, after)
    if message is None:
        raise Refused(NOT_FOUND, detail="No such message has arrived.")
    return cards(uow, [message])[0]


def newest(uow: UnitOfWork, criteria: MessageFilter, order: MessageOrder, after: str | None) -> Message | None:
    """The newest arrived message that matches, or None; with `after`, only later ones than that."""
    statement = matching(uow, criteria).where(arrived(uow))
    if after is not None:
        statement = statement.where(later_than(uow, after, order))
    return uow.session.scalars(statement.order_by(*newest_first(order)).limit(1)).first()


def find(uow: UnitOfWork, message_id: str) -> Message:
    """The row of a message. Raises Refused (404)."""
    message = uow.find(Message, message_id)
    if message is None:
        raise Refused(NOT_FOUND, detail="There is no such message.")
    return message
