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
        """Make it before the workers start; nothing is prepared yet. Raises CannotStart."""
        self._prepare = prepare
        try:
            self._note: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the server lives
        except OSError as error:
            raise CannotStart(f"no temporary file can be made: {error.strerror}") from error

    def once(self) -> PreparationResult:
        """The result; the first caller prepares it. A failure is printed once and ends every worker."""
        with self._alone():
            noted = self._read()
            if not noted:
                noted = self._made()
                self._write(noted)
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

    def _write(self, noted: str) -> None:
        try:
            os.pwrite(self._note.fileno(), noted.encode(), 0)
        except OSError as error:
            print_error(f"a temporary file cannot be written: {error.strerror}")
            raise SystemExit(CANNOT_START) from error

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
    from logindrill.serving.broken_databases import refusing_broken_databases
    from logindrill.work.database import Database

    with refusing_broken_databases():
        database = Database.open(settings.database, ephemeral=settings.ephemeral)
        try:
            database.prepare()
            default = ensure_default(database, settings)
        except SettingsDiffer as error:
            raise CannotStart(str(error)) from error
        finally:
            database.close()
    person = FirstPerson(*default.first_person) if default.first_person else None
    return PreparationResult(preset=default.preset, first_person=person)
