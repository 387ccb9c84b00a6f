"""A support request: what a person reports who cannot sign in (A36-A40, C16)."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import Document, SandboxRow


class SupportRequest(SandboxRow):
    """The text as reported; what really happened is read from the log when staff open the request."""

    __tablename__ = "support_requests"
    __table_args__ = (UniqueConstraint("sandbox_key", "id"), Index(None, "sandbox_key", "user_id"))

    id: Mapped[str]
    at: Mapped[datetime]
    user_id: Mapped[str | None]
    sender_id: Mapped[str | None]
    email: Mapped[str]
    reported: Mapped[Any] = mapped_column(Document)
    attempt_id: Mapped[str | None] = mapped_column(default=None)
