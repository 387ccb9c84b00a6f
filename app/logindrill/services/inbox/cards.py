"""Cards of messages: where each is now, and the state of its code or link."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import Field

from logindrill.credentials import states
from logindrill.credentials.states import CredentialState
from logindrill.models import LinkPurpose, Message
from logindrill.rules.delivery import Channel, Disposition, MessageKind, disposition_at, has_arrived, why_not_seen
from logindrill.work.unit_of_work import UnitOfWork

_PURPOSES = {
    MessageKind.ACTIVATION: LinkPurpose.ACTIVATION,
    MessageKind.PASSWORD_RESET: LinkPurpose.PASSWORD_RESET,
}


@dataclass(frozen=True, slots=True)
class MessageCard:
    """A message with all its content. `code_status` is the state of its code or link, null where it contains none."""

    id: str
    kind: MessageKind
    channel: Channel
    sender: Annotated[str, Field(serialization_alias="from")]
    recipient: Annotated[str | None, Field(serialization_alias="to")]
    user_id: str | None
    subject: str | None
    text: str
    html: str | None
    code: str | None
    token: str | None
    link: str | None
    issued_at: datetime
    deliver_at: datetime
    arrived: bool
    disposition: Disposition
    reason: str | None
    code_status: CredentialState | None


def cards(uow: UnitOfWork, messages: Sequence[Message]) -> tuple[MessageCard, ...]:
    """The cards of these messages, in their order."""
    links = states.of_links(
        uow, [(_PURPOSES[row.kind], row.token) for row in messages if row.token and row.kind in _PURPOSES]
    )
    codes = states.of_codes(uow, [row.code_id for row in messages if row.code_id])
    return tuple(
        _card(uow, row, links.get(row.token) if row.token else codes.get(row.code_id or "")) for row in messages
    )


def why_missing(uow: UnitOfWork, message: Message) -> str | None:
    """The reason code why a message is not in the inbox now; None where it is."""
    if message.disposition is Disposition.NOT_SENT:
        return message.reason
    seen = why_not_seen(message.disposition, message.deliver_at, uow.now)
    return None if seen is None else seen.code


def _card(uow: UnitOfWork, row: Message, status: CredentialState | None) -> MessageCard:
    return MessageCard(
        id=row.id,
        kind=row.kind,
        channel=row.channel,
        sender=row.sender,
        recipient=row.recipient,
        user_id=row.user_id,
        subject=row.subject,
        text=row.text,
        html=row.html,
        code=row.code,
        token=row.token,
        link=row.link,
        issued_at=row.issued_at,
        deliver_at=row.deliver_at,
        arrived=has_arrived(row.disposition, row.deliver_at, uow.now),
        disposition=disposition_at(row.disposition, row.deliver_at, uow.now),
        reason=why_missing(uow, row),
        code_status=status,
    )
