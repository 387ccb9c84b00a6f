"""A tombstone: a trace of a deleted account's identifier, so that a tester can be shown the reason `deleted` (A27)."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from logindrill.models.base import SandboxRow


class Tombstone(SandboxRow):
    """The keyed digest of a canonical identifier, and the id of the deleted account, which is never used again."""

    __tablename__ = "tombstones"
    __table_args__ = (Index(None, "sandbox_key", "identifier_digest"),)

    user_id: Mapped[str]
    identifier_digest: Mapped[str]
    deleted_at: Mapped[datetime]
