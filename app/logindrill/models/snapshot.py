"""A snapshot: everything in a sandbox at one moment, to return to."""

from datetime import datetime

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import SandboxRow


class Snapshot(SandboxRow):
    """All rows of the sandbox, packed. The one named `baseline` is what a reset returns to."""

    __tablename__ = "snapshots"
    __table_args__ = (UniqueConstraint("sandbox_key", "id"),)

    id: Mapped[str]
    name: Mapped[str | None]
    taken_at: Mapped[datetime]
    size: Mapped[int]
    """Bytes of the content, so that a list need not read it."""
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
