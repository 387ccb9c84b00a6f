"""The secrets of one installation, made once with its database; there is no default secret (S62)."""

from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import Base


class InstallationSecret(Base):
    """The only row of its table: the secret that signs links and keys the digests of short codes."""

    __tablename__ = "installations"

    secret: Mapped[str]
    signing_keys: Mapped[str | None] = mapped_column(default=None)
    """The private keys that sign tokens, as a JWK set (RFC 7517); made at the first signature."""
