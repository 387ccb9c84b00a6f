"""An e-mail address of a user."""

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from logindrill.models.base import SandboxRow, of_user


class EmailAddress(SandboxRow):
    """Unique in the sandbox by canonical form, whatever the state of the account that holds it (A1)."""

    __tablename__ = "email_addresses"
    __table_args__ = (
        UniqueConstraint("sandbox_key", "canonical"),
        Index(None, "sandbox_key", "user_id"),
        of_user(),
    )

    user_id: Mapped[str]
    address: Mapped[str]
    canonical: Mapped[str]
    kind: Mapped[str]
    """main or secondary; only a main address can be used to sign in (C7)."""
