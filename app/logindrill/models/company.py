"""A company that people belong to."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from logindrill.models.base import SandboxRow


class Company(SandboxRow):
    """A company has an id and a name."""

    __tablename__ = "companies"
    __table_args__ = (UniqueConstraint("sandbox_key", "id"),)

    id: Mapped[str]
    name: Mapped[str]
