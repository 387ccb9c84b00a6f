"""A role: a named set of permissions, filled from the preset and open to change in the sandbox."""

from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import Document, SandboxRow


class Role(SandboxRow):
    """Who may act on whom is the preset's ladder, not a column; what a role may do is this row."""

    __tablename__ = "roles"
    __table_args__ = (UniqueConstraint("sandbox_key", "name"),)

    name: Mapped[str]
    permissions: Mapped[Any] = mapped_column(Document)
    """Sorted names of permissions."""
