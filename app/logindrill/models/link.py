"""A single-use link: an invitation or a password reset."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import SandboxRow, of_user


class LinkPurpose(StrEnum):
    """What the holder of a link may do with it."""

    ACTIVATION = "activation"
    PASSWORD_RESET = "password_reset"


class Link(SandboxRow):
    """Stored as the digest of its random value.

    The row is kept after use or expiry, so that the true reason of a refusal can be named.
    """

    __tablename__ = "links"
    __table_args__ = (
        UniqueConstraint("sandbox_key", "id"),
        UniqueConstraint("sandbox_key", "digest"),
        Index(None, "sandbox_key", "user_id", "purpose", "key"),
        Index(None, "sandbox_key", "expires_at"),
        of_user(),
    )

    id: Mapped[str]
    purpose: Mapped[LinkPurpose]
    user_id: Mapped[str]
    company_id: Mapped[str | None] = mapped_column(default=None)
    role: Mapped[str | None] = mapped_column(default=None)
    invited_by: Mapped[str | None] = mapped_column(default=None)
    """The inviter, whose right to grant the role is checked again at acceptance (S6)."""
    address: Mapped[str]
    """The stored address that the link was sent to."""
    digest: Mapped[str]
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None] = mapped_column(default=None)
    superseded_at: Mapped[datetime | None] = mapped_column(default=None)
    void_at: Mapped[datetime | None] = mapped_column(default=None)
    opened_at: Mapped[datetime | None] = mapped_column(default=None)
    """When opening alone used it up, where the sandbox has that fault; only the opener's browser may still use it."""
