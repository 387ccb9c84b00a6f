"""A single-use link: an invitation or a password reset."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import SandboxRow, of_user


class LinkPurpose(StrEnum):
    """What a link lets its holder do."""

    ACTIVATION = "activation"
    PASSWORD_RESET = "password_reset"


class Link(SandboxRow):
    """Stored as the digest of its random value; kept after it dies, so that the true cause can be named."""

    __tablename__ = "links"
    __table_args__ = (
        UniqueConstraint("sandbox_key", "id"),
        UniqueConstraint("sandbox_key", "digest"),
        Index(None, "sandbox_key", "user_id", "purpose"),
        Index(None, "sandbox_key", "expires_at"),
        of_user(),
    )

    id: Mapped[str]
    purpose: Mapped[LinkPurpose]
    user_id: Mapped[str]
    company_id: Mapped[str | None] = mapped_column(default=None)
    role: Mapped[str | None] = mapped_column(default=None)
    invited_by: Mapped[str | None] = mapped_column(default=None)
    """The inviter, whose right to grant the role is judged again at acceptance (S6)."""
    address: Mapped[str]
    """The stored address the link was sent to."""
    digest: Mapped[str]
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None] = mapped_column(default=None)
    superseded_at: Mapped[datetime | None] = mapped_column(default=None)
    void_at: Mapped[datetime | None] = mapped_column(default=None)
