"""A short-lived process that makes the database ready while the workers still load the application."""

import logging
import os
import select
import signal
import tempfile
from collections.abc import Callable
from typing import IO, NoReturn

from logindrill.serving.announcement import FirstPerson, Prepared
from logindrill.serving.failures import CANNOT_START, CannotStart, tell
from logindrill.settings import Settings


class Preparation:
    """What the preparer leaves behind: its result in an unnamed file, its end as the end of a pipe."""

    def __init__(self, prepare: Callable[[], Prepared]) -> None:
        """Begin to prepare in a process of its own."""
        self._result: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the server lives
        self._ended, writing_end = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            self._run(prepare)
        os.close(writing_end)

    def wait(self) -> Prepared | None:
        """Wait for the end of the preparation; None when it failed, which it has told by itself."""
        select.select([self._ended], [], [])
        text = self._text()
        return Prepared.from_json(text) if text else None

    def give_up(self) -> None:
        """End a preparation that nobody waits for any more; one that has ended is left alone."""
        running = not select.select([self._ended], [], [], 0)[0]
        if running:
            os.kill(self._pid, signal.SIGKILL)
            select.select([self._ended], [], [])

    @property
    def succeeded(self) -> bool:
        """Whether there is a result by now."""
        return bool(self._text())

    def _text(self) -> str:
        return os.pread(self._result.fileno(), 1 << 16, 0).decode()

    def _run(self, prepare: Callable[[], Prepared]) -> NoReturn:
        code = CANNOT_START
        try:
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)  # the supervisor decides
            os.pwrite(self._result.fileno(), prepare().to_json().encode(), 0)
            code = 0
        except CannotStart as error:
            tell(str(error))
        except Exception:
            logging.getLogger("logindrill").exception("the preparation failed")
        finally:
            os._exit(code)


def prepare(settings: Settings) -> Prepared:
    """Make the schema and the default sandbox, or check those there are; raises CannotStart."""
    from logindrill.database import Database, DatabaseUnusable
    from logindrill.default_sandbox import SettingsDiffer, ensure_default

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
    return Prepared(preset=default.preset, first_person=person)
