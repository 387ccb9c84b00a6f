"""What a server does beside its calls: it removes sandboxes whose lifetime is over, what is left of big ones, and
tidies the database file.
"""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from logindrill.adapters.clock import RealClock
from logindrill.work.database import Database
from logindrill.world import sandbox_quota, slices

_WORKING_TIME = timedelta(milliseconds=500)
"""How long rows are removed at one call; what is left comes next time, so that a server can end."""

_PAUSE = timedelta(milliseconds=5)
"""Between two slices, when calls write."""


class Housekeeping:
    """The work of one moment, done in a thread of its own while calls are answered in the event loop."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._clock = RealClock()

    def __call__(self) -> None:
        """Do what is due; trouble of the storage is logged, and everything is tried again the next time."""
        try:
            self._remove_expired()
            self._remove_rubbish()
            self._database.tidy()
        except SQLAlchemyError as error:
            if self._database.trouble(error) is None:
                raise

    def _remove_expired(self) -> None:
        """Remove each sandbox whose lifetime is over, in a transaction of its own."""
        real_now = self._clock.now()
        with self._database.reading() as connection:
            over = sandbox_quota.expired(connection, real_now)
        for key in over:
            with self._database.writing(key) as connection:
                sandbox_quota.remove(connection, key, real_now)

    def _remove_rubbish(self) -> None:
        """Remove, slice by slice, what is hidden and belongs to nobody: big sandboxes that were deleted or replaced,
        and what a process left that ended in the middle.
        """
        ends_at = self._clock.elapsed() + _WORKING_TIME
        for _ in self._removals():
            if self._clock.elapsed() > ends_at:
                return
            self._clock.sleep(_PAUSE)

    def _removals(self) -> Iterator[None]:
        with self._database.reading() as connection:
            left = sandbox_quota.rubbish(connection, self._clock.now())
        for key in left:
            yield from slices.remove(self._database, key)
