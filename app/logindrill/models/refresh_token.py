"""A refresh token: what an application exchanges for new tokens (RFC 6749, section 6; RFC 9700, section 4.14)."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import SandboxRow


class RefreshToken(SandboxRow):
    """All refresh tokens of one authorization are one family: each use replaces the token by its successor."""

    __tablename__ = "refresh_tokens"
    __table_args__ = (
        UniqueConstraint("sandbox_key", "id"),
        UniqueConstraint("sandbox_key", "digest"),
        Index(None, "sandbox_key", "authorization_id"),
    )

    id: Mapped[str]
    digest: Mapped[str]
    authorization_id: Mapped[str]
    issued_at: Mapped[datetime]
    really_issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    """The end without use: `tokens.refresh_idle` after it was issued."""
    used_at: Mapped[datetime | None] = mapped_column(default=None)
    successor_id: Mapped[str | None] = mapped_column(default=None)
