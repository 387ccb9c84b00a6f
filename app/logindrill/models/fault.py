"""A fault: something broken on purpose, for a limited number of calls."""

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import Document, SandboxRow


class Fault(SandboxRow):
    """The calls it applies to, what it does to them, and how many calls it has affected."""

    __tablename__ = "faults"
    __table_args__ = (UniqueConstraint("sandbox_key", "id"),)

    id: Mapped[str]
    match: Mapped[Any] = mapped_column(Document)
    effect: Mapped[Any] = mapped_column(Document)
    skip: Mapped[int]
    times: Mapped[int]
    met: Mapped[int] = mapped_column(default=0)
    hits: Mapped[int] = mapped_column(default=0)
    since: Mapped[datetime]
