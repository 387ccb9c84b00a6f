"""A signing key of one sandbox, made by a rotation of keys; until then the installation's key signs for it."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import SandboxRow


class SigningKey(SandboxRow):
    """The newest key of an algorithm signs; older ones stay listed until they are removed."""

    __tablename__ = "signing_keys"
    __table_args__ = (UniqueConstraint("sandbox_key", "kid"),)

    kid: Mapped[str]
    """The thumbprint of the public key (RFC 7638)."""
    algorithm: Mapped[str]
    private_key: Mapped[str | None]
    """As a JWK (RFC 7517); None for the installation's key, which a rotation keeps listed without copying it."""
    public_key: Mapped[str]
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None] = mapped_column(default=None)
