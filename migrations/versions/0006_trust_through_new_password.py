"""Whether a person wanted the device trusted who passed the factor and still has to set a new password (C8, A20)."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Sign-ins that wait during the upgrade trust no device."""
    column = sa.Column("trusts_device", sa.Boolean(), nullable=False, server_default=sa.false())
    with op.batch_alter_table("pending_sign_ins") as pending:
        pending.add_column(column)
        pending.alter_column("trusts_device", server_default=None)
