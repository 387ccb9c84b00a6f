"""Runs migrations inside the transaction that `Database` opened; by itself it only helps to write a new one.

A new migration is written from the difference between the models and an older database:
`LOGINDRILL_DATABASE_URL=sqlite:////tmp/old.sqlite3 alembic revision --autogenerate --rev-id 0002 -m "what it does"`.
"""

import os
from typing import Any

from alembic import context
from sqlalchemy import Connection, Enum, TypeDecorator

from logindrill.models import Base
from logindrill.work.database import Database


def migrate(connection: Connection) -> None:
    """Run what is asked for on a connection; whoever opened its transaction commits it."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=as_plain_type,
    )
    context.run_migrations()


def as_plain_type(kind: str, item: Any, _context: Any) -> str | bool:
    """Our own column types as what they are stored as, so that a migration never depends on the program."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    return False


if "connection" in context.config.attributes:
    migrate(context.config.attributes["connection"])
else:
    with Database.open(os.environ["LOGINDRILL_DATABASE_URL"]).rebuilding() as opened:
        migrate(opened)
