"""Changes the delivery of a message: now, later, elsewhere; or deletes it."""

from datetime import datetime

from logindrill.models import Message
from logindrill.rules.delivery import Disposition, redirect
from logindrill.services.inbox.cards import MessageCard, cards
from logindrill.services.inbox.reading import find
from logindrill.work.unit_of_work import UnitOfWork


def change(
    uow: UnitOfWork, message_id: str, *, deliver_at: datetime | None = None, disposition: Disposition | None = None
) -> MessageCard:
    """Deliver a message now, delay it, or move it; a time in the past means now.

    Raises Refused for a message that was never sent (409) or does not exist (404), Invalid for the fields.
    """
    message = find(uow, message_id)
    new_disposition, arrives_at = redirect(
        message.disposition, message.deliver_at, to=disposition, deliver_at=deliver_at, now=uow.now
    )
    if (new_disposition, arrives_at) != (message.disposition, message.deliver_at):
        message.disposition, message.deliver_at = new_disposition, arrives_at
        uow.note(
            "message.redirect", actor="tester", subject=message.user_id, message=message.id, to=new_disposition.value
        )
        uow.session.flush()
    return cards(uow, [message])[0]


def remove(uow: UnitOfWork, message_id: str) -> None:
    """Delete one message. Raises Refused (404)."""
    message = find(uow, message_id)
    uow.session.delete(message)
    uow.note("message.delete", actor="tester", subject=message.user_id, message=message.id)


def remove_all(uow: UnitOfWork) -> None:
    """Delete all messages; an empty inbox stays empty, without an event."""
    removed = uow.connection.execute(uow.delete(Message)).rowcount
    if removed:
        uow.note("message.delete_all", actor="tester", messages=removed)
