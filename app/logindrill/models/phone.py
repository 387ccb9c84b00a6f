"""A phone number of a user."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from logindrill.models.base import SandboxRow, of_user


class UserPhone(SandboxRow):
    """In E.164 form; WhatsApp numbers receive second-factor codes (A22), SMS numbers confirmation codes (B3)."""

    __tablename__ = "phones"
    __table_args__ = (
        Index(None, "sandbox_key", "user_id"),
        Index(None, "sandbox_key", "number"),
        of_user(),
    )

    user_id: Mapped[str]
    number: Mapped[str]
    kind: Mapped[str]
    """whatsapp or sms."""
