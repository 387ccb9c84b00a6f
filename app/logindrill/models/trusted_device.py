"""A trusted device: it passed the second factor or a confirmation and is recognised for a limited time."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import SandboxRow, of_user


class TrustedDevice(SandboxRow):
    """Bound to one user; stored as the digest of its token; not valid once the user's epoch has changed."""

    __tablename__ = "trusted_devices"
    __table_args__ = (
        UniqueConstraint("sandbox_key", "id"),
        UniqueConstraint("sandbox_key", "digest"),
        Index(None, "sandbox_key", "user_id"),
        of_user(),
    )

    id: Mapped[str]
    user_id: Mapped[str]
    name: Mapped[str]
    client: Mapped[str]
    installation_id: Mapped[str | None] = mapped_column(default=None)
    digest: Mapped[str]
    epoch: Mapped[int]
    trusted_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
