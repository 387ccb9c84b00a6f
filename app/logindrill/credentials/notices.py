"""Sends a person a mail about a change of their account."""

from collections.abc import Collection, Iterable

from logindrill.credentials import invitations, outbox
from logindrill.people import directory
from logindrill.people.rows import StoredUser
from logindrill.rules.delivery import MessageKind
from logindrill.rules.reasons import OPTED_OUT
from logindrill.work.unit_of_work import UnitOfWork

OF_CHANGES = {
    "emails": "the e-mail addresses",
    "phones": "the phone numbers",
}
"""What of a person is told about when it changes, by the name of the field (overall rule 3)."""


def send(uow: UnitOfWork, user: StoredUser, *, title: str, sentence: str) -> None:
    """Send a notice to the main address, else to the first secondary one; nothing where the person has none."""
    address = invitations.main_address(uow, user.id)
    _send(uow, user, () if address is None else (address,), title, sentence)


def reached_at(uow: UnitOfWork, user_id: str) -> list[str]:
    """The addresses of a person, the one that mail goes to first; read before they change."""
    addresses = [row.address for row in directory.addresses(uow, user_id)]
    main = invitations.main_address(uow, user_id)
    return sorted(addresses, key=lambda address: address != main)


def send_of_change(uow: UnitOfWork, user: StoredUser, fields: Collection[str], before: list[str]) -> None:
    """Tell the person that addresses or numbers changed, at the old address and the new one, and at every address that
    came or went, so that whoever changes them cannot hide it (overall rule 3). `before` is `reached_at` of before."""
    after = reached_at(uow, user.id)
    came_or_went = [address for address in (*before, *after) if (address in before) != (address in after)]
    what = " and ".join(words for field, words in OF_CHANGES.items() if field in fields)
    reached = dict.fromkeys((*before[:1], *after[:1], *came_or_went))
    _send(uow, user, reached, "Your contact details were changed", f"Somebody changed {what} of your account.")


def _send(uow: UnitOfWork, user: StoredUser, addresses: Iterable[str], title: str, sentence: str) -> None:
    values = {"name": user.name, "title": title, "sentence": sentence, "at": uow.now}
    for address in addresses:
        letter = outbox.OutgoingMessage(
            MessageKind.NOTICE, to=address, user_id=user.id, template="notice", values=values
        )
        if user.opted_out:
            outbox.withhold(uow, letter, OPTED_OUT.code)
        else:
            outbox.send(uow, letter)
