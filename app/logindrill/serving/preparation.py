"""Prepares the database once, before the first call, in the worker that comes first."""

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from logindrill.serving.announcement import FirstPerson, PreparationResult
from logindrill.serving.failures import CANNOT_START, CannotStart, print_error
from logindrill.settings import Settings

_FAILED = "failed"
_LONGEST = 1 << 16


class Preparation:
    """Shared by all workers: a lock, and the result of the first worker that prepared."""

    def __init__(self, prepare: Callable[[], PreparationResult]) -> None:
        """Make it before the workers start; nothing is prepared yet."""
        self._prepare = prepare
        self._note: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the server lives

    def once(self) -> PreparationResult:
        """The result; the first caller prepares it. A failure is printed once and ends every worker."""
        with self._alone():
            noted = self._read()
            if not noted:
                noted = self._made()
                os.pwrite(self._note.fileno(), noted.encode(), 0)
        if noted == _FAILED:
            raise SystemExit(CANNOT_START)
        return PreparationResult.from_json(noted)

    @property
    def succeeded(self) -> bool:
        """Whether the preparation has succeeded."""
        return self._read() not in ("", _FAILED)

    def close(self) -> None:
        """Discard the result."""
        self._note.close()

    def _made(self) -> str:
        try:
            return self._prepare().to_json()
        except CannotStart as error:
            print_error(str(error))
            return _FAILED

    def _read(self) -> str:
        return os.pread(self._note.fileno(), _LONGEST, 0).decode()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        fcntl.lockf(self._note, fcntl.LOCK_EX)  # the operating system releases it when a process dies
        try:
            yield
        finally:
            fcntl.lockf(self._note, fcntl.LOCK_UN)


def prepare(settings: Settings) -> PreparationResult:
    """Create the schema and the default sandbox, or check the existing ones; raises CannotStart."""
    from logindrill.default_sandbox import SettingsDiffer, ensure_default
    from logindrill.work.database import Database
    from logindrill.work.engines import DatabaseUnusable

    try:
        database = Database.open(settings.database, ephemeral=settings.ephemeral)
        try:
            database.prepare()
            default = ensure_default(database, settings)
        finally:
            database.close()
    except (DatabaseUnusable, SettingsDiffer) as error:
        raise CannotStart(str(error)) from error
    person = FirstPerson(*default.first_person) if default.first_person else None
    return PreparationResult(preset=default.preset, first_person=person)
