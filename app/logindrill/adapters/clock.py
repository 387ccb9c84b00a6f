"""The only reader of real time; everything else takes a `now`."""

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Real time: the base of every sandbox's own clock, and of waiting for a message."""

    def now(self) -> datetime:
        """Real time as an aware UTC datetime."""
        return datetime.now(UTC)

    def elapsed(self) -> timedelta:
        """A reading that only ever grows; two of them subtract to a real duration."""
        return timedelta(seconds=time.monotonic())

    def sleep(self, duration: timedelta) -> None:
        """Hold this thread for a real duration."""
        time.sleep(duration.total_seconds())
