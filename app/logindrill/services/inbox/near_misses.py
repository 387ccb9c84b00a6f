"""Near misses of a call that waited in vain: messages that almost matched, and why they did not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import Field

from logindrill.models import Message
from logindrill.rules.delivery import Channel, Disposition, MessageKind, disposition_at
from logindrill.services.inbox.cards import why_missing
from logindrill.services.inbox.filters import MessageFilter, MessageOrder, later_than, recipients
from logindrill.work.unit_of_work import UnitOfWork

_LOOKED_AT = 50
_SHOWN = 10
_MISSES_OF_A_NEAR_ONE = 2


@dataclass(frozen=True, slots=True)
class MessageNearMiss:
    """A message that almost matched, and why it did not: for example `other_recipient`, `not_after`, or the reason why
    it has not arrived."""

    id: str
    kind: MessageKind
    channel: Channel
    recipient: Annotated[str | None, Field(serialization_alias="to")]
    issued_at: datetime
    deliver_at: datetime
    disposition: Disposition
    why: tuple[str, ...]


def near_misses(
    uow: UnitOfWork, criteria: MessageFilter, order: MessageOrder, after: str | None
) -> tuple[MessageNearMiss, ...]:
    """Recent messages that differ in one or two properties, the closest first."""
    later: set[str] | None = None
    recent = uow.select(Message).order_by(Message.key.desc())
    if after is not None:
        mark = later_than(uow, after, order)
        later = set(uow.session.scalars(recent.where(mark).limit(_LOOKED_AT).with_only_columns(Message.id)))
    found = []
    for message in uow.session.scalars(recent.limit(_LOOKED_AT)):
        why = tuple(_misses(uow, message, criteria, is_later=later is None or message.id in later))
        if 0 < len(why) <= _MISSES_OF_A_NEAR_ONE:
            found.append(_near_miss(uow, message, why))
    return tuple(sorted(found, key=lambda miss: len(miss.why))[:_SHOWN])


def _misses(uow: UnitOfWork, message: Message, criteria: MessageFilter, *, is_later: bool) -> Iterator[str]:
    here = disposition_at(message.disposition, message.deliver_at, uow.now)
    missing = None if here is Disposition.SPAM else why_missing(uow, message)
    if missing is not None:
        yield missing
    elif not is_later:
        yield "not_after"
    if criteria.to is not None and message.recipient_canonical not in recipients(criteria.to, uow.policy.phones):
        yield "other_recipient"
    if criteria.channel is not None and message.channel is not criteria.channel:
        yield "other_channel"
    if criteria.kind is not None and message.kind is not criteria.kind:
        yield "other_kind"
    if criteria.disposition not in {None, here} and missing is None:
        yield "other_disposition"


def _near_miss(uow: UnitOfWork, message: Message, why: tuple[str, ...]) -> MessageNearMiss:
    return MessageNearMiss(
        id=message.id,
        kind=message.kind,
        channel=message.channel,
        recipient=message.recipient,
        issued_at=message.issued_at,
        deliver_at=message.deliver_at,
        disposition=disposition_at(message.disposition, message.deliver_at, uow.now),
        why=why,
    )
