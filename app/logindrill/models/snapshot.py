"""A snapshot: all rows of a sandbox at one moment, to restore later."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import Base, Document, SandboxRow


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
    """Empty where the snapshot is kept in pieces."""
    key_runs: Mapped[Any] = mapped_column(Document, nullable=True, default=None)
    """Of the baseline: the keys that its rows have in the sandbox, by table, as pairs of first and last key; None
    where that is not known."""


class SnapshotPiece(Base):
    """A part of a big snapshot, packed by itself; the parts follow one another by key."""

    __tablename__ = "snapshot_pieces"
    __table_args__ = (Index(None, "snapshot_key"),)

    snapshot_key: Mapped[int] = mapped_column(ForeignKey("snapshots.key", ondelete="CASCADE"))
    content: Mapped[bytes] = mapped_column(LargeBinary)
