"""A membership: one user belongs to one company, with a role."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import SandboxRow, of_company, of_user
from logindrill.rules.lifecycle import MembershipAccess, MembershipStep, next_access
from logindrill.rules.memberships import RevocationCause


class Membership(SandboxRow):
    """`epoch` is raised when access is revoked, ended or removed.

    A session of the company stores the epoch it was made under.
    """

    __tablename__ = "memberships"
    __table_args__ = (
        UniqueConstraint("sandbox_key", "user_id", "company_id"),
        Index(None, "sandbox_key", "company_id", "role"),
        of_user(),
        of_company(),
    )

    user_id: Mapped[str]
    company_id: Mapped[str]
    role: Mapped[str]
    access: Mapped[MembershipAccess] = mapped_column(default=MembershipAccess.GRANTED)
    cause: Mapped[str | None] = mapped_column(default=None)
    """Why access is revoked: `revoked`, `deactivated`, or `merged` (the account was merged into another)."""
    epoch: Mapped[int] = mapped_column(default=0)
    epoch_cause: Mapped[str | None] = mapped_column(default=None)
    """The reason code of sessions that an epoch change ended."""
    joined_at: Mapped[datetime]

    def revoke(self, cause: RevocationCause) -> None:
        """Revoke access for a cause; only the remedy of that cause restores it."""
        self.access = next_access(self.access, MembershipStep.REVOKE)
        self.cause = cause

    def grant(self) -> None:
        """Restore access."""
        self.access = next_access(self.access, MembershipStep.GRANT)
        self.cause = None

    def end_everything(self, cause: str) -> None:
        """End all earlier sessions of this company, with a reason code."""
        self.epoch += 1
        self.epoch_cause = cause
