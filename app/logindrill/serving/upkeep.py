"""Maintains a database from the command line, without serving it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from logindrill.serving.announcement import FirstPerson
from logindrill.serving.database_location import locate_database
from logindrill.serving.failures import CannotStart
from logindrill.settings import Settings

if TYPE_CHECKING:
    from logindrill.work.database import Database


def upgrade(settings: Settings) -> str:
    """Create the schema or migrate an older one; returns the schema's revision. Raises CannotStart."""
    with _prepared(settings) as database:
        return database.schema() or ""


def reset_default(settings: Settings) -> FirstPerson | None:
    """Reset the sandbox `default`; returns a new password of its first person.

    None where a world file made the sandbox: its people keep their passwords. Raises CannotStart.
    """
    from logindrill import default_sandbox

    with _prepared(settings) as database:
        try:
            default_sandbox.ensure_default(database, settings)
            person = default_sandbox.reset_default(database, settings)
        except default_sandbox.SettingsDiffer as error:
            raise CannotStart(str(error)) from error
    return FirstPerson(*person) if person else None


@contextmanager
def _prepared(settings: Settings) -> Iterator["Database"]:
    from logindrill.serving.broken_databases import refusing_broken_databases
    from logindrill.work.database import Database

    settings = locate_database(settings)
    with refusing_broken_databases():
        database = Database.open(settings.database)
        try:
            database.prepare()
            yield database
        finally:
            database.close()
