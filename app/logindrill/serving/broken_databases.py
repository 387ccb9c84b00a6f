"""Ends a command with one line where its database is broken."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from logindrill.serving.failures import CannotStart
from logindrill.work.engines import DatabaseUnusable
from logindrill.work.trouble import in_one_line


@contextmanager
def refusing_broken_databases() -> Iterator[None]:
    """Raise CannotStart where the database fails within the block, whatever the block does with it."""
    try:
        yield
    except DatabaseUnusable as error:
        raise CannotStart(str(error)) from error
    except SQLAlchemyError as error:
        raise CannotStart(f"the database cannot be used: {in_one_line(error)}") from error
