"""A delivery rule: how the sandbox delivers the messages that match it."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import Document, SandboxRow
from logindrill.rules.delivery import Disposition


class DeliveryRule(SandboxRow):
    """The messages it matches and where they end up; the newest matching rule wins."""

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
