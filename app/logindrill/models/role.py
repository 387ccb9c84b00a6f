"""A role: a named set of permissions, filled from the preset; a sandbox can change it."""

from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import Document, SandboxRow


class Role(SandboxRow):
    """The permissions of the role; the preset's order of roles decides who may act on whom."""

    __tablename__ = "roles"
    __table_args__ = (UniqueConstraint("sandbox_key", "name"),)

    name: Mapped[str]
    permissions: Mapped[Any] = mapped_column(Document)
    """Permission names in alphabetical order."""
