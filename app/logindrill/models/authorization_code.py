"""An authorization code: what an application exchanges for tokens, once (RFC 6749, section 4.1)."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import SandboxRow


class AuthorizationCode(SandboxRow):
    """Kept, as a digest, after its end, so that the true cause of a refusal can be named."""

    __tablename__ = "authorization_codes"
    __table_args__ = (UniqueConstraint("sandbox_key", "id"), UniqueConstraint("sandbox_key", "digest"))

    id: Mapped[str]
    digest: Mapped[str]
    authorization_id: Mapped[str]
    redirect_uri: Mapped[str | None]
    """As the authorization request contained it; None where it contained none."""
    challenge: Mapped[str | None]
    """The S256 code challenge (RFC 7636); None where the request had none."""
    nonce: Mapped[str | None]
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None] = mapped_column(default=None)
    really_used_at: Mapped[datetime | None] = mapped_column(default=None)
    """The real time of its use: a second use shortly after it is a mistake of the application."""
