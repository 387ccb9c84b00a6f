"""A one-time code: the second factor of a sign-in, or the confirmation of a contact."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import SandboxRow, of_user


class CodePurpose(StrEnum):
    """What a code proves."""

    SECOND_FACTOR = "second_factor"
    CONFIRMATION = "confirmation"


class OneTimeCode(SandboxRow):
    """Stored as a keyed digest, bound to user, purpose and pending sign-in; the row is kept after use or expiry."""

    __tablename__ = "one_time_codes"
    __table_args__ = (
        UniqueConstraint("sandbox_key", "id"),
        Index(None, "sandbox_key", "user_id", "purpose", "key"),
        Index(None, "sandbox_key", "digest"),
        Index(None, "sandbox_key", "expires_at"),
        of_user(),
    )

    id: Mapped[str]
    user_id: Mapped[str]
    purpose: Mapped[CodePurpose]
    pending_sign_in_id: Mapped[str | None] = mapped_column(default=None)
    channel: Mapped[str]
    address: Mapped[str]
    digest: Mapped[str]
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    wrong_entries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None] = mapped_column(default=None)
    superseded_at: Mapped[datetime | None] = mapped_column(default=None)
    void_at: Mapped[datetime | None] = mapped_column(default=None)
