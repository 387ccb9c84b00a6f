"""Attempts keep everything that stood in the way, not only the reason that answered."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Attempts of before tell of none; their reason is still there."""
    op.add_column("attempts", sa.Column("causes", sa.Text(), nullable=False, server_default="[]"))
