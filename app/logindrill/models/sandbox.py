"""A sandbox: an isolated world with its own clock, inbox, people and policy."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from logindrill.models.base import Base, Document
from logindrill.rules.clocks import ClockMode


class Sandbox(Base):
    """Its name, clock, seed and changed knobs; every write transaction locks this row first."""

    __tablename__ = "sandboxes"
    __table_args__ = (UniqueConstraint("id"), Index(None, "last_used_at"))

    id: Mapped[str]
    preset: Mapped[str]
    created_at: Mapped[datetime]
    """Real time."""
    last_used_at: Mapped[datetime]
    """Real time, written at most once a minute."""
    ttl: Mapped[timedelta | None]
    """Real time since its last use after which the sandbox may be deleted; None = never."""
    clock_mode: Mapped[ClockMode]
    clock_offset: Mapped[timedelta]
    """For a running clock: sandbox time minus real time."""
    frozen_at: Mapped[datetime | None]
    seed: Mapped[int] = mapped_column(BigInteger)
    draws: Mapped[int]
    """How many random numbers were drawn from the seed."""
    seeded: Mapped[bool]
    """Whether the tester chose the seed; only then are one-time codes repeatable (D13)."""
    policy: Mapped[Any] = mapped_column(Document)
    """The knobs that differ from the preset, by dotted name, in JSON form."""
    made_from: Mapped[Any] = mapped_column(Document)
    """What `default` was made from at the command line (preset and digest of the world file).

    Empty for other sandboxes.
    """
    hidden: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether nobody can open it: rows that are being made in slices, or that are being removed."""

    def now(self, real: datetime) -> datetime:
        """The sandbox's time at a given real time."""
        if self.clock_mode is ClockMode.FROZEN and self.frozen_at is not None:
            return self.frozen_at
        return real + self.clock_offset

    def freeze(self, at: datetime) -> None:
        """Stop the clock at a sandbox time."""
        self.clock_mode = ClockMode.FROZEN
        self.frozen_at = at

    def run(self, at: datetime, real: datetime) -> None:
        """Start the clock at a sandbox time; from then on it runs at the speed of real time."""
        self.clock_mode = ClockMode.RUNNING
        self.frozen_at = None
        self.clock_offset = at - real

    def move(self, to: datetime, real: datetime) -> None:
        """Set the clock to a sandbox time; a frozen clock stays frozen, a running one runs on."""
        if self.clock_mode is ClockMode.FROZEN:
            self.freeze(to)
        else:
            self.run(to, real)
