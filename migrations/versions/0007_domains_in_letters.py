"""Addresses are looked up with their domain in letters, never in punycode."""

import sqlalchemy as sa
from alembic import op

from logindrill.rules.identifiers import canonical

revision = "0007"
down_revision = "0006"

_ADDRESSES = sa.table("email_addresses", sa.column("key"), sa.column("sandbox_key"), sa.column("canonical"))
_MESSAGES = sa.table("messages", sa.column("key"), sa.column("recipient_canonical"))


def upgrade() -> None:
    """An address that somebody else holds in letters keeps the form of before: only one of them can be found."""
    connection = op.get_bind()
    addresses, messages = _ADDRESSES.c, _MESSAGES.c
    for row in connection.execute(sa.select(_ADDRESSES).where(addresses.canonical.like("%xn--%"))).all():
        form = canonical(row.canonical)
        held = sa.select(addresses.key).where(addresses.sandbox_key == row.sandbox_key, addresses.canonical == form)
        if connection.execute(held).first() is None:
            connection.execute(sa.update(_ADDRESSES).where(addresses.key == row.key).values(canonical=form))
    for row in connection.execute(sa.select(_MESSAGES).where(messages.recipient_canonical.like("%xn--%"))).all():
        form = canonical(row.recipient_canonical)
        connection.execute(sa.update(_MESSAGES).where(messages.key == row.key).values(recipient_canonical=form))
