"""Indexes for reading attempts and events page by page: of a sandbox, of a person, about a subject.

A page is asked for in the order of `key`. Without these, a database of many sandboxes walks through the rows of
all of them to find the next ones of one.
"""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Put `key` into the indexes that found the rows but not their order."""
    for table, column in (("attempts", "user_id"), ("events", "subject")):
        op.create_index(f"ix_{table}_sandbox_key_key", table, ["sandbox_key", "key"])
        op.drop_index(f"ix_{table}_sandbox_key_{column}", table)
        op.create_index(f"ix_{table}_sandbox_key_{column}_key", table, ["sandbox_key", column, "key"])
