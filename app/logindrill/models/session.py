"""A session: the proof that a client is signed in."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import SandboxRow, of_company, of_user


class Session(SandboxRow):
    """Acts in one company.

    Not valid once it was ended or has expired, or the user's or membership's epoch has changed.
    """

    __tablename__ = "sessions"
    __table_args__ = (
        UniqueConstraint("sandbox_key", "id"),
        UniqueConstraint("sandbox_key", "digest"),
        Index(None, "sandbox_key", "user_id"),
        of_user(),
        of_company(),
    )

    id: Mapped[str]
    digest: Mapped[str]
    user_id: Mapped[str]
    company_id: Mapped[str]
    client: Mapped[str]
    app_version: Mapped[str | None] = mapped_column(default=None)
    user_agent: Mapped[str | None] = mapped_column(default=None)
    installation_id: Mapped[str | None] = mapped_column(default=None)
    device_id: Mapped[str | None] = mapped_column(default=None)
    epoch: Mapped[int]
    membership_epoch: Mapped[int]
    started_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    """Written at most once a minute of sandbox time."""
    proven_at: Mapped[datetime | None] = mapped_column(default=None)
    """When the second factor was last passed in this session."""
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_reason: Mapped[str | None] = mapped_column(default=None)
    methods: Mapped[str | None] = mapped_column(default=None)
    """How the person signed in: `amr` values (RFC 8176) with a space between two; None = with a password."""
    really_started_at: Mapped[datetime | None] = mapped_column(default=None)
    """The real time at which it started; None for sessions of before."""
