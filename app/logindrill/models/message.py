"""A message in the captured inbox: an e-mail, an SMS or a WhatsApp message."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import SandboxRow
from logindrill.rules.delivery import Channel, Disposition, MessageKind


class Message(SandboxRow):
    """What would have been sent. It is the only row that contains a code or a link in readable form (D7)."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("sandbox_key", "id"),
        Index(None, "sandbox_key", "deliver_at"),
        Index(None, "sandbox_key", "user_id"),
    )

    id: Mapped[str]
    kind: Mapped[MessageKind]
    channel: Mapped[Channel]
    sender: Mapped[str]
    recipient: Mapped[str | None]
    """None where the contact card has nothing to send to."""
    recipient_canonical: Mapped[str | None]
    user_id: Mapped[str | None]
    subject: Mapped[str | None]
    text: Mapped[str]
    html: Mapped[str | None]
    code: Mapped[str | None] = mapped_column(default=None)
    code_id: Mapped[str | None] = mapped_column(default=None)
    """The one-time code it carries, whose state is shown with the message."""
    token: Mapped[str | None] = mapped_column(default=None)
    link: Mapped[str | None] = mapped_column(default=None)
    issued_at: Mapped[datetime]
    deliver_at: Mapped[datetime]
    disposition: Mapped[Disposition]
    reason: Mapped[str | None] = mapped_column(default=None)
    """Why it was not sent, or what happened to it."""
