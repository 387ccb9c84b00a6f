"""A temporary password that a professional hands over (C8)."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import SandboxRow, of_user


class TemporaryPassword(SandboxRow):
    """Stored hashed, shown once, never mailed; the row is kept after use or expiry."""

    __tablename__ = "temporary_passwords"
    __table_args__ = (
        UniqueConstraint("sandbox_key", "id"),
        Index(None, "sandbox_key", "user_id"),
        Index(None, "sandbox_key", "expires_at"),
        of_user(),
    )

    id: Mapped[str]
    user_id: Mapped[str]
    password_hash: Mapped[str]
    mark: Mapped[str | None] = mapped_column(default=None)
    """A keyed digest, by which a password is recognised after use or expiry without verifying every older hash.

    Set only for random passwords, or where near misses are kept (D16).
    """
    issued_by: Mapped[str | None] = mapped_column(default=None)
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None] = mapped_column(default=None)
    superseded_at: Mapped[datetime | None] = mapped_column(default=None)
    void_at: Mapped[datetime | None] = mapped_column(default=None)
