"""An index for the newest link of a person: without `key` in it, a database looks at every link they ever had."""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Put `key` into the index that found the links of a person but not their order."""
    op.create_index("ix_links_sandbox_key_user_id_purpose_key", "links", ["sandbox_key", "user_id", "purpose", "key"])
    op.drop_index("ix_links_sandbox_key_user_id_purpose", "links")
