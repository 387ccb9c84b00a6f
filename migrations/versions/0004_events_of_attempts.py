"""An index for what an attempt brought about: where its line of the log begins, and what belongs to it."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Found without it by walking through everything that ever happened in a sandbox."""
    op.create_index("ix_events_sandbox_key_attempt_id_key", "events", ["sandbox_key", "attempt_id", "key"])
