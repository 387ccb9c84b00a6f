"""The moments the tests of rules speak of."""

from datetime import UTC, datetime, timedelta

NOON = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)
