"""Says what ended a link, a code or a temporary password first: somebody's act, or its time."""

from datetime import datetime


def was_voided(voided_at: datetime | None, expires_at: datetime) -> bool:
    """Whether a change made it invalid; one that came when it had expired already changed nothing."""
    return voided_at is not None and voided_at < expires_at
