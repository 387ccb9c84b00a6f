"""Sends a person a mail about a change of their account."""

from logindrill.credentials import invitations, outbox
from logindrill.people.rows import StoredUser
from logindrill.rules.delivery import MessageKind
from logindrill.work.unit_of_work import UnitOfWork


def send(uow: UnitOfWork, user: StoredUser, *, title: str, sentence: str) -> None:
    """Send a notice to the main address, else to the first secondary one; nothing where the person has none."""
    address = invitations.main_address(uow, user.id)
    if address is None:
        return
    values = {"name": user.name, "title": title, "sentence": sentence, "at": uow.now}
    outbox.send(
        uow, outbox.OutgoingMessage(MessageKind.NOTICE, to=address, user_id=user.id, template="notice", values=values)
    )
