"""A wrong entry that counts towards the sliding windows of overall rule 6."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from logindrill.models.base import SandboxRow


class WrongEntry(SandboxRow):
    """One wrong password, factor or confirmation entry, stored under the account or the typed canonical identifier."""

    __tablename__ = "wrong_entries"
    __table_args__ = (Index(None, "sandbox_key", "purpose", "subject", "at"),)

    purpose: Mapped[str]
    subject: Mapped[str]
    at: Mapped[datetime]
