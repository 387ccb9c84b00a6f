"""An interaction: what happens in one browser between an authorization request and its answer."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import Document, SandboxRow


class Interaction(SandboxRow):
    """A checked authorization request that waits for the person; bound to the browser that sent it."""

    __tablename__ = "interactions"
    __table_args__ = (UniqueConstraint("sandbox_key", "id"), Index(None, "sandbox_key", "expires_at"))

    id: Mapped[str]
    application_id: Mapped[str]
    issuer: Mapped[str]
    request: Mapped[Any] = mapped_column(Document)
    """The request as `rules/applications/requests` reads it."""
    binding: Mapped[str]
    """The digest of the cookie that the browser was given with the first form."""
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    completed_at: Mapped[datetime | None] = mapped_column(default=None)
    """When it was answered; it can be answered once."""
