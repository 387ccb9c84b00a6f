"""An attempt: one try to sign in or to use a credential, with its outcome."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import Document, SandboxRow


class Attempt(SandboxRow):
    """The public answer, the true reason, and the chain of checks as the decision recorded it."""

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("sandbox_key", "id"),
        Index(None, "sandbox_key", "key"),
        Index(None, "sandbox_key", "user_id", "key"),
        # a condition for PostgreSQL would load its whole dialect at every start, also on SQLite
        Index(None, "sandbox_key", "interaction_id", sqlite_where=text("interaction_id IS NOT NULL")),
    )

    id: Mapped[str]
    at: Mapped[datetime]
    real_at: Mapped[datetime]
    operation: Mapped[str]
    user_id: Mapped[str | None]
    identifier: Mapped[str | None]
    client: Mapped[str]
    outcome: Mapped[str]
    """succeeded, continued or refused."""
    status: Mapped[int]
    code: Mapped[str | None]
    detail: Mapped[str | None]
    reason: Mapped[str | None]
    checks: Mapped[Any] = mapped_column(Document)
    request: Mapped[Any] = mapped_column(Document)
    causes: Mapped[Any] = mapped_column(Document, server_default="[]")
    """For a refusal: each reason in the order it must be fixed, with the check that found it and that check's
    evidence.
    """
    interaction_id: Mapped[str | None] = mapped_column(default=None)
    """The interaction with an application that it belongs to."""
    application_id: Mapped[str | None] = mapped_column(default=None)
