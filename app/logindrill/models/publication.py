"""A publication: a page that only its audience may open (B9)."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from logindrill.models.base import SandboxRow, of_user


class Publication(SandboxRow):
    """The title and body of the page."""

    __tablename__ = "publications"
    __table_args__ = (UniqueConstraint("sandbox_key", "id"),)

    id: Mapped[str]
    title: Mapped[str]
    body: Mapped[str]


class Audience(SandboxRow):
    """One person to whom a publication is published."""

    __tablename__ = "audiences"
    __table_args__ = (
        UniqueConstraint("sandbox_key", "publication_id", "user_id"),
        Index(None, "sandbox_key", "user_id"),
        of_user(),
    )

    publication_id: Mapped[str]
    user_id: Mapped[str]
    since: Mapped[datetime]
