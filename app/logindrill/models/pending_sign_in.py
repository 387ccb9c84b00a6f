"""A sign-in that waits for its second factor or a new password."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import SandboxRow, of_user


class PendingSignIn(SandboxRow):
    """Allows its own next step and nothing else (S28); bound to the user's epoch at its start."""

    __tablename__ = "pending_sign_ins"
    __table_args__ = (
        UniqueConstraint("sandbox_key", "id"),
        UniqueConstraint("sandbox_key", "digest"),
        Index(None, "sandbox_key", "user_id"),
        Index(None, "sandbox_key", "expires_at"),
        of_user(),
    )

    id: Mapped[str]
    user_id: Mapped[str]
    company_id: Mapped[str | None]
    digest: Mapped[str]
    epoch: Mapped[int]
    membership_epoch: Mapped[int]
    client: Mapped[str]
    installation_id: Mapped[str | None] = mapped_column(default=None)
    needs: Mapped[str]
    """second_factor or new_password."""
    temporary_password_id: Mapped[str | None] = mapped_column(default=None)
    wrong_entries: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None] = mapped_column(default=None)
    void_at: Mapped[datetime | None] = mapped_column(default=None)
    trusts_device: Mapped[bool] = mapped_column(default=False)
    """The person wanted the device trusted when they passed the factor; it is, once the new password is set."""
    methods: Mapped[str | None] = mapped_column(default=None)
    """How the person has proven themselves so far: `amr` values with a space between two; None = with a password."""
