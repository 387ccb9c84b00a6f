"""An attempt: one try to get in, with its outcome."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import Document, SandboxRow


class Attempt(SandboxRow):
    """What the client was told, what was true, and the chain of checks as the decision left it."""

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("sandbox_key", "id"),
        Index(None, "sandbox_key", "key"),
        Index(None, "sandbox_key", "user_id", "key"),
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
    """Of a refusal, each reason in the order of cure, with the check that found it and what it was seen by."""
