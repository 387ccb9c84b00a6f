"""The location of the embedded database: in `instance/`, at a given path, or in a temporary folder."""

import os
import shutil
import tempfile
from pathlib import Path

from logindrill.rules.values import replace
from logindrill.serving.failures import CannotStart
from logindrill.settings import Settings

_FILE = "sqlite:///"


def locate_database(settings: Settings) -> Settings:
    """The settings with a database address whose folder exists.

    Raises CannotStart where the folder cannot be made or written.
    """
    if settings.ephemeral:
        try:
            folder = Path(tempfile.mkdtemp(prefix="logindrill-"))
        except OSError as error:
            raise CannotStart(f"no temporary folder can be made ({error.strerror}): give --database-url") from error
        return replace(settings, database_url=f"{_FILE}{folder / 'logindrill.sqlite3'}")
    settled = replace(settings, database_url=settings.database)
    file = database_file(settled)
    if file:
        _claim(file, made_by_us=settings.database_url is None)
    return settled


def vacate(settings: Settings) -> None:
    """Delete the folder of an ephemeral database."""
    file = database_file(settings)
    if settings.ephemeral and file:
        shutil.rmtree(file.parent, ignore_errors=True)


def refuse_unwritable(file: Path | None) -> None:
    """Raise CannotStart for a file that could not be written later."""
    if file and not os.access(file if file.exists() else file.parent, os.W_OK):
        raise CannotStart(f"{file} cannot be written: is its folder there?")


def database_file(settings: Settings) -> Path | None:
    """The file of an embedded database; None for a database server."""
    url = settings.database
    return Path(url.removeprefix(_FILE).partition("?")[0]) if url.startswith(_FILE) else None


def _claim(file: Path, *, made_by_us: bool) -> None:
    folder = file.parent
    try:
        if made_by_us:
            folder.mkdir(exist_ok=True)
    except OSError as error:
        raise CannotStart(
            f"folder {folder} cannot be made ({error.strerror}): give --database-url or --ephemeral"
        ) from error
    if not folder.is_dir():
        raise CannotStart(f"folder {folder} is not there: make it, or give another --database-url")
    if not os.access(folder, os.W_OK):
        raise CannotStart(f"folder {folder} cannot be written: give another --database-url, or --ephemeral")
    refuse_unwritable(file)
