"""Filters and orders of messages."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, and_, or_

from logindrill.models import Message
from logindrill.rules.decisions import invalid
from logindrill.rules.delivery import Channel, Disposition, MessageKind, has_arrived
from logindrill.rules.identifiers import canonical, looks_like_email, spaceless
from logindrill.rules.phones import PhonePolicy, number_of
from logindrill.rules.texts import without_invisible
from logindrill.rules.values import replace
from logindrill.work.unit_of_work import UnitOfWork

_NEVER_ARRIVE = (Disposition.BLOCKED, Disposition.NOT_SENT)
_BOUND_FOR = {
    Disposition.INBOX: (Disposition.INBOX, Disposition.DELAYED),
    Disposition.SPAM: (Disposition.SPAM,),
}


class MessageOrder(StrEnum):
    """By arrival, which a delayed delivery can reverse, or by issue."""

    ARRIVED = "arrived"
    ISSUED = "issued"


class MessageFilter(Struct, frozen=True):
    """The properties of the requested messages; None means any. `disposition` is where they are now."""

    to: str | None = None
    channel: Channel | None = None
    kind: MessageKind | None = None
    disposition: Disposition | None = None


def matching(uow: UnitOfWork, criteria: MessageFilter) -> Select[Message]:
    """The sandbox's messages that match, in no order yet."""
    return uow.select(Message).where(*_conditions(uow, criteria))


def arrived(uow: UnitOfWork) -> ColumnElement[bool]:
    """The condition that a message has arrived in a mailbox, spam or not."""
    return and_(Message.disposition.not_in(_NEVER_ARRIVE), Message.deliver_at <= uow.now)


def under_way(uow: UnitOfWork, criteria: MessageFilter) -> Select[Message]:
    """The messages that will arrive later and will then match, in no order yet."""
    statement = matching(uow, replace(criteria, disposition=None))
    statement = statement.where(Message.disposition.not_in(_NEVER_ARRIVE), Message.deliver_at > uow.now)
    return statement if criteria.disposition is None else statement.where(_is_bound_for(criteria.disposition))


def newest_first(order: MessageOrder) -> tuple[Any, ...]:
    """The columns that put the newest first.

    Of messages that arrive at the same time, the one issued later is newer.
    """
    return (Message.key.desc(),) if order is MessageOrder.ISSUED else (Message.deliver_at.desc(), Message.key.desc())


def later_than(uow: UnitOfWork, message_id: str, order: MessageOrder) -> ColumnElement[bool]:
    """The condition that a message comes after another one.

    Raises Invalid for one that is unknown, or has not arrived.
    """
    mark = uow.find(Message, message_id)
    if mark is None:
        raise invalid("after", "There is no such message.")
    if not has_arrived(mark.disposition, mark.deliver_at, uow.now):
        raise invalid("after", "That message has not arrived.")
    if order is MessageOrder.ISSUED:
        return Message.key > mark.key
    return or_(
        Message.deliver_at > mark.deliver_at, and_(Message.deliver_at == mark.deliver_at, Message.key > mark.key)
    )


def recipients(text: str, phones: PhonePolicy) -> tuple[str, ...]:
    """The canonical forms that an address or number in a query may mean. A plus arrives as a space there, which no
    address or number holds: it is read as a plus, and as a space that came along."""
    text = without_invisible(text)
    if looks_like_email(text):
        return tuple(
            dict.fromkeys(
                (canonical(text.strip().replace(" ", "+")), canonical(text.replace(" ", "+")), spaceless(text))
            )
        )
    bare = text.strip().replace(": ", ":+")
    spellings = (bare,) if bare.startswith(("+", "00")) or ":" in bare else (f"+{bare}", bare)
    numbers = (number_of(spelling, phones) for spelling in spellings)
    return tuple(number for number in numbers if number is not None) or (canonical(text),)


def _conditions(uow: UnitOfWork, criteria: MessageFilter) -> Iterator[ColumnElement[bool]]:
    if criteria.to is not None:
        yield Message.recipient_canonical.in_(recipients(criteria.to, uow.policy.phones))
    if criteria.channel is not None:
        yield Message.channel == criteria.channel
    if criteria.kind is not None:
        yield Message.kind == criteria.kind
    if criteria.disposition is not None:
        yield _is_at(criteria.disposition, uow.now)


def _is_at(where: Disposition, now: datetime) -> ColumnElement[bool]:
    if where in _NEVER_ARRIVE:
        return Message.disposition == where
    if where is Disposition.DELAYED:
        return and_(Message.disposition.not_in(_NEVER_ARRIVE), Message.deliver_at > now)
    return and_(_is_bound_for(where), Message.deliver_at <= now)


def _is_bound_for(where: Disposition) -> ColumnElement[bool]:
    """Where the message will be once it has arrived; nothing stays delayed."""
    return Message.disposition.in_(_BOUND_FOR.get(where, ()))
