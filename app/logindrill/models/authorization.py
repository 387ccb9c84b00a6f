"""An authorization: what a person has allowed an application, by one sign-in. Every code and token points to one."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import Document, SandboxRow, of_user


class Authorization(SandboxRow):
    """Counts while it was not ended, the epochs are unchanged, and its session lives (or, with `offline_access`, until
    it expires). Without a person, it is that of an application which acts for itself (client_credentials).
    """

    __tablename__ = "authorizations"
    __table_args__ = (
        UniqueConstraint("sandbox_key", "id"),
        Index(None, "sandbox_key", "user_id"),
        Index(None, "sandbox_key", "session_id"),
        of_user(),
    )

    id: Mapped[str]
    application_id: Mapped[str]
    interaction_id: Mapped[str | None] = mapped_column(default=None)
    user_id: Mapped[str | None]
    company_id: Mapped[str | None]
    session_id: Mapped[str | None]
    epoch: Mapped[int | None]
    membership_epoch: Mapped[int | None]
    issuer: Mapped[str]
    scope: Mapped[str]
    """The granted scopes, with a space between two."""
    audience: Mapped[str | None] = mapped_column(default=None)
    """The `aud` of the access tokens where the application asked for one."""
    offline: Mapped[bool] = mapped_column(default=False)
    """Whether `offline_access` was granted, so that it outlives the session."""
    agreed: Mapped[bool] = mapped_column(default=False)
    """Whether the person was asked for consent, and agreed."""
    id_token_claims: Mapped[Any | None] = mapped_column(Document, default=None)
    """The names that the request's `claims` parameter wants in the ID token."""
    signed_in_at: Mapped[datetime | None]
    """The sandbox's time at which the person signed in: `auth_time`."""
    really_signed_in_at: Mapped[datetime | None]
    """The real time of the same moment."""
    amr: Mapped[Any] = mapped_column(Document)
    acr: Mapped[str | None] = mapped_column(default=None)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    """The absolute end with `offline_access`: `tokens.refresh_absolute` after it was created."""
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_reason: Mapped[str | None] = mapped_column(default=None)
