"""The only module that reads real time; all other code takes a `now` argument."""

import time
from datetime import UTC, datetime, timedelta

from logindrill.adapters import waits


class RealClock:
    """Real time: the basis of every sandbox's clock, and of waiting for a message."""

    def now(self) -> datetime:
        """Real time as an aware UTC datetime."""
        return datetime.now(UTC)

    def elapsed(self) -> timedelta:
        """A reading that only ever grows; the difference of two readings is a real duration."""
        return timedelta(seconds=time.monotonic())

    def sleep(self, duration: timedelta) -> None:
        """Let a real duration pass; in the server other calls run meanwhile."""
        waits.here().sleep(duration)
