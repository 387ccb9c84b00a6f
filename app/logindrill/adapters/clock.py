"""The only module that reads real time; all other code takes a `now` argument."""

import time
from datetime import UTC, datetime, timedelta


class RealClock:
    """Real time: the basis of every sandbox's clock, and of waiting for a message."""

    def now(self) -> datetime:
        """Real time as an aware UTC datetime."""
        return datetime.now(UTC)

    def elapsed(self) -> timedelta:
        """A reading that only ever grows; the difference of two readings is a real duration."""
        return timedelta(seconds=time.monotonic())

    def sleep(self, duration: timedelta) -> None:
        """Block this thread for a real duration."""
        time.sleep(duration.total_seconds())
