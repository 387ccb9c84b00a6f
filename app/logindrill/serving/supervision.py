"""A server from its first second to its last."""

import gc
import os
import signal
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from socket import socket
from typing import Any, NoReturn

from logindrill.serving.announcement import announce, write_whole
from logindrill.serving.database_location import locate_database, refuse_unwritable, vacate
from logindrill.serving.failures import CannotStart, tell
from logindrill.serving.preparation import Preparation, prepare
from logindrill.serving.sockets import listen, resolve
from logindrill.settings import Settings, start_guard


def serve(settings: Settings, environ: Mapping[str, str]) -> NoReturn:
    """Serve until asked to stop, then leave with SystemExit; raises CannotStart."""
    resolve(settings.host)  # first, as a slip in a name is not cured by a key
    reasons = start_guard(settings, environ)
    if reasons:
        raise CannotStart("; ".join(reasons))
    for file in (settings.ready_file, settings.export_on_exit):
        refuse_unwritable(file)
    gc.disable()  # until everything is loaded, see Worker
    sockets, port = listen(settings.host, settings.port)
    _forget_ready_file(settings)
    _unwind_when_stopped()
    supervisor = os.getpid()
    settings = locate_database(replace(settings, port=port))
    preparation = Preparation(lambda: prepare(settings))
    try:
        _run(settings, sockets, preparation)
    finally:
        if os.getpid() == supervisor:
            _leave(settings, preparation)


def _run(settings: Settings, sockets: list[socket], preparation: Preparation) -> NoReturn:
    from logindrill.serving.workers import Server

    if settings.workers > 1:
        import logindrill.console
        import logindrill.factory
        import logindrill.pages  # noqa: F401 - all loaded once, so that the workers share their memory

        gc.freeze()  # a search for garbage would write to all of it, and so unshare it

    def say() -> None:
        announce(settings, preparation.once(), pid=os.getppid())

    Server(settings, sockets, _builder(settings, preparation), say).run()
    raise SystemExit(0)


def _builder(settings: Settings, preparation: Preparation) -> Callable[[], Any]:
    """What a worker does first, in its own process, so that no connection crosses a fork."""

    def build() -> Any:
        from logindrill.factory import create_app

        preparation.once()
        return create_app(settings)

    return build


def _leave(settings: Settings, preparation: Preparation) -> None:
    try:
        if preparation.succeeded and settings.export_on_exit:
            _export(settings, settings.export_on_exit)
    finally:
        preparation.close()
        _forget_ready_file(settings)
        vacate(settings)


def _export(settings: Settings, target: Path) -> None:
    from logindrill.default_sandbox import export_world
    from logindrill.work.database import Database

    database = Database.open(settings.database, ephemeral=settings.ephemeral)
    try:
        write_whole(target, export_world(database, "default"))
    except OSError as error:
        tell(f"cannot write {target}: {error.strerror}")
    finally:
        database.close()


def _forget_ready_file(settings: Settings) -> None:
    if settings.ready_file:
        settings.ready_file.unlink(missing_ok=True)


def _unwind_when_stopped() -> None:
    """Until the workers are there, a signal to stop unwinds, so that nothing temporary stays behind."""

    def stop(_signal: int, _frame: object) -> NoReturn:
        raise SystemExit(0)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, stop)
