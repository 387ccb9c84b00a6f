"""A delivery rule: what becomes of messages."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import Document, SandboxRow
from logindrill.rules.delivery import Disposition


class DeliveryRule(SandboxRow):
    """Which messages it meets and where they end up; the newest matching one wins."""

    __tablename__ = "delivery_rules"
    __table_args__ = (UniqueConstraint("sandbox_key", "id"),)

    id: Mapped[str]
    match: Mapped[Any] = mapped_column(Document)
    disposition: Mapped[Disposition]
    delay: Mapped[timedelta | None]
    opened_by_scanner: Mapped[bool]
    times: Mapped[int | None]
    hits: Mapped[int] = mapped_column(default=0)
    since: Mapped[datetime]
