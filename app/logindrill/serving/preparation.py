"""Make the database ready once, before the first call, whichever worker comes first."""

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from logindrill.serving.announcement import InitialUser, Prepared
from logindrill.serving.failures import CANNOT_START, CannotStart, tell
from logindrill.settings import Settings

_FAILED = "failed"
_LONGEST = 1 << 16


class Preparation:
    """What all workers share: a lock, and what the first of them found or made."""

    def __init__(self, prepare: Callable[[], Prepared]) -> None:
        """To be made before the workers are; nothing is prepared yet."""
        self._prepare = prepare
        self._note: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the server lives

    def once(self) -> Prepared:
        """The result, made now by the first that asks. A failure is told once and ends every worker."""
        with self._alone():
            noted = self._read()
            if not noted:
                noted = self._made()
                os.pwrite(self._note.fileno(), noted.encode(), 0)
        if noted == _FAILED:
            raise SystemExit(CANNOT_START)
        return Prepared.from_json(noted)

    @property
    def succeeded(self) -> bool:
        """Whether there is a result by now."""
        return self._read() not in ("", _FAILED)

    def close(self) -> None:
        """Forget the result."""
        self._note.close()

    def _made(self) -> str:
        try:
            return self._prepare().to_json()
        except CannotStart as error:
            tell(str(error))
            return _FAILED

    def _read(self) -> str:
        return os.pread(self._note.fileno(), _LONGEST, 0).decode()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        fcntl.lockf(self._note, fcntl.LOCK_EX)  # let go by the system when a process dies
        try:
            yield
        finally:
            fcntl.lockf(self._note, fcntl.LOCK_UN)


def prepare(settings: Settings) -> Prepared:
    """Make the schema and the default sandbox, or check those there are; raises CannotStart."""
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
    person = InitialUser(*default.first_person) if default.first_person else None
    return Prepared(preset=default.preset, first_person=person)
