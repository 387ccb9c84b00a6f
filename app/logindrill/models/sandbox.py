"""A sandbox: an isolated world with its own clock, inbox, people and policy."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import Base, Document
from logindrill.rules.clocks import ClockMode


class Sandbox(Base):
    """Its name, clock, seed and the knobs turned away from the preset; the row that writers queue behind."""

    __tablename__ = "sandboxes"
    __table_args__ = (UniqueConstraint("id"), Index(None, "last_used_at"))

    id: Mapped[str]
    preset: Mapped[str]
    created_at: Mapped[datetime]
    """Real time."""
    last_used_at: Mapped[datetime]
    """Real time, written at most once a minute."""
    ttl: Mapped[timedelta | None]
    """Real time since last use after which the sandbox may be removed; None = never."""
    clock_mode: Mapped[ClockMode]
    clock_offset: Mapped[timedelta]
    """Running: sandbox time minus real time."""
    frozen_at: Mapped[datetime | None]
    seed: Mapped[int] = mapped_column(BigInteger)
    draws: Mapped[int]
    """How many numbers were drawn from the seed."""
    seeded: Mapped[bool]
    """Whether the seed was chosen by the tester: only then are one-time codes repeatable (D13)."""
    policy: Mapped[Any] = mapped_column(Document)
    """The changed knobs alone, by dotted name, in their JSON form."""
    made_from: Mapped[Any] = mapped_column(Document)
    """What `default` was made from at the command line: preset and digest of the world file; else empty."""

    def now(self, real: datetime) -> datetime:
        """The sandbox's time at a moment of real time."""
        if self.clock_mode is ClockMode.FROZEN and self.frozen_at is not None:
            return self.frozen_at
        return real + self.clock_offset

    def freeze(self, at: datetime) -> None:
        """Stop the clock at a sandbox time."""
        self.clock_mode = ClockMode.FROZEN
        self.frozen_at = at

    def run(self, at: datetime, real: datetime) -> None:
        """Let the clock go with real time, from a sandbox time on."""
        self.clock_mode = ClockMode.RUNNING
        self.frozen_at = None
        self.clock_offset = at - real

    def move(self, to: datetime, real: datetime) -> None:
        """Set the clock to a sandbox time: frozen it stays there, running it goes on from there."""
        if self.clock_mode is ClockMode.FROZEN:
            self.freeze(to)
        else:
            self.run(to, real)
