"""A snapshot: all rows of a sandbox at one moment, to restore later."""

from datetime import datetime

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import SandboxRow


class Snapshot(SandboxRow):
    """All rows of the sandbox, packed. The snapshot named `baseline` is what a reset restores."""

    __tablename__ = "snapshots"
    __table_args__ = (UniqueConstraint("sandbox_key", "id"),)

    id: Mapped[str]
    name: Mapped[str | None]
    taken_at: Mapped[datetime]
    size: Mapped[int]
    """The size of the content in bytes, so that a list need not read the content."""
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
