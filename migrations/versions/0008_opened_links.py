"""When opening alone used a link up, apart from its use."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Links that were used up by opening before stay used for everybody."""
    op.add_column("links", sa.Column("opened_at", sa.BigInteger(), nullable=True))
