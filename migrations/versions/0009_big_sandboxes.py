"""Big sandboxes: rows that are made or removed in slices are hidden, and a big snapshot is kept in pieces."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """All sandboxes of before are to be seen, all snapshots are whole, and nobody knows where their rows lie."""
    op.add_column("sandboxes", sa.Column("hidden", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("snapshots", sa.Column("key_runs", sa.Text(), nullable=True))
    op.create_table(
        "snapshot_pieces",
        sa.Column("key", KEY, autoincrement=True, nullable=False),
        sa.Column("snapshot_key", KEY, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_snapshot_pieces"),
        sa.ForeignKeyConstraint(
            ["snapshot_key"], ["snapshots.key"], name="fk_snapshot_pieces_snapshot_key", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_snapshot_pieces_snapshot_key", "snapshot_pieces", ["snapshot_key"])
