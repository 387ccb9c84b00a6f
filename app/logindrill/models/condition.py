"""A condition: circumstances of a client, stored as data of the sandbox."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import Document, SandboxRow


class Condition(SandboxRow):
    """The clients it applies to and the circumstances it sets; for each field the newest condition wins."""

    __tablename__ = "conditions"
    __table_args__ = (UniqueConstraint("sandbox_key", "id"),)

    id: Mapped[str]
    match: Mapped[Any] = mapped_column(Document)
    circumstances: Mapped[Any] = mapped_column(Document)
    since: Mapped[datetime]
