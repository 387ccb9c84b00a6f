"""What a server does beside its calls: it removes sandboxes whose lifetime is over, and tidies the database file."""

from sqlalchemy.exc import SQLAlchemyError

from logindrill.adapters.clock import RealClock
from logindrill.work.database import Database
from logindrill.world import sandbox_quota


class Housekeeping:
    """The work of one moment, done in a thread of its own while calls are answered in the event loop."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._clock = RealClock()

    def __call__(self) -> None:
        """Do what is due; trouble of the storage is logged, and everything is tried again the next time."""
        try:
            self._remove_expired()
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
