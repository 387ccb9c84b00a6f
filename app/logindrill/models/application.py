"""An application: a client program of OAuth 2.0 that signs people in through the sandbox (RFC 6749, section 2)."""

from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import Document, SandboxRow


class Application(SandboxRow):
    """What a developer registered; its `id` is the `client_id`. Without a secret it is public."""

    __tablename__ = "applications"
    __table_args__ = (UniqueConstraint("sandbox_key", "id"),)

    id: Mapped[str]
    name: Mapped[str]
    secret_hash: Mapped[str | None] = mapped_column(default=None)
    redirect_uris: Mapped[Any] = mapped_column(Document)
    post_logout_redirect_uris: Mapped[Any] = mapped_column(Document)
    grant_types: Mapped[Any] = mapped_column(Document)
    scopes: Mapped[Any | None] = mapped_column(Document, default=None)
    """The scopes that it may ask for; None = all that the sandbox knows."""
    id_token_signed_response_alg: Mapped[str | None] = mapped_column(default=None)
    """RS256 or ES256; None = as the policy says."""
    require_pkce: Mapped[bool | None] = mapped_column(default=None)
    """None = for public applications only."""
    audience: Mapped[str | None] = mapped_column(default=None)
    """The `aud` of its access tokens where it asks for none; None = its own id."""
    consent: Mapped[str | None] = mapped_column(default=None)
    """never, once or always; None = as the policy says."""
    first_party: Mapped[bool] = mapped_column(default=True)
