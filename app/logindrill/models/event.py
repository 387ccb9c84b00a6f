"""An event: a line of the audit log."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import Document, SandboxRow


class Event(SandboxRow):
    """Append-only: real and sandbox time, who did what to whom, and the outcome; it contains ids only, no secrets."""

    __tablename__ = "events"
    __table_args__ = (
        UniqueConstraint("sandbox_key", "id"),
        Index(None, "sandbox_key", "key"),
        Index(None, "sandbox_key", "subject", "key"),
        Index(None, "sandbox_key", "attempt_id", "key"),
    )

    id: Mapped[str]
    at: Mapped[datetime]
    real_at: Mapped[datetime]
    what: Mapped[str]
    outcome: Mapped[str]
    actor: Mapped[str | None]
    """A user id, or `tester`."""
    subject: Mapped[str | None]
    attempt_id: Mapped[str | None]
    details: Mapped[Any] = mapped_column(Document)
