"""Messages without a recipient, near forms of second passwords, and the addresses that support released."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Messages of before keep their recipient; a second password of before has no near forms."""
    with op.batch_alter_table("messages") as messages:
        messages.alter_column("recipient", existing_type=sa.String(), nullable=True)
        messages.alter_column("recipient_canonical", existing_type=sa.String(), nullable=True)
    op.add_column("users", sa.Column("second_password_marks", sa.String(), nullable=True))
    op.add_column("users", sa.Column("released_emails", sa.Text(), nullable=True))
