"""An access token that the server must remember: every opaque one, and of the signed ones those that were revoked."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import SandboxRow


class AccessToken(SandboxRow):
    """Its `id` is the `jti`. A signed token carries everything in itself and is stored only when it is revoked."""

    __tablename__ = "access_tokens"
    __table_args__ = (UniqueConstraint("sandbox_key", "id"), UniqueConstraint("sandbox_key", "digest"))

    id: Mapped[str]
    digest: Mapped[str | None]
    """Of an opaque token."""
    authorization_id: Mapped[str]
    scope: Mapped[str]
    audience: Mapped[str]
    issued_at: Mapped[datetime]
    really_issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
