"""Runs a server from its start to its shutdown."""

import gc
import os
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from itertools import chain, repeat
from pathlib import Path
from socket import socket
from typing import Any, NoReturn

from logindrill.adapters.clock import RealClock
from logindrill.rules.values import replace
from logindrill.serving import early_stop
from logindrill.serving.announcement import announce, remove, write_whole
from logindrill.serving.companions import end_with
from logindrill.serving.database_location import locate_database, refuse_unwritable, vacate
from logindrill.serving.failures import CannotStart, print_error
from logindrill.serving.preparation import Preparation, prepare
from logindrill.serving.sockets import allow_many_connections, listen, resolve
from logindrill.settings import Settings, start_guard

_PAUSES = tuple(timedelta(seconds=seconds) for seconds in (0.2, 0.5, 1, 2, 5))
"""Between the tries of a worker to start."""

_UNTIL_ORPHANS_END = timedelta(seconds=1)


def serve(settings: Settings, environ: Mapping[str, str]) -> NoReturn:
    """Serve until asked to stop, then raise SystemExit; raises CannotStart.

    A stop signal before the server is ready ends the process with one line and 128 + its number.
    """
    early_stop.end_when_stopped()
    resolve(settings.host)  # first, since an unresolvable name is a mistake that no key corrects
    reasons = start_guard(settings, environ) or _mistakes_in_key(settings)
    if reasons:
        raise CannotStart("; ".join(reasons))
    for file in (settings.ready_file, settings.export_on_exit):
        refuse_unwritable(file)
    if settings.until_pid is not None:
        end_with(settings.until_pid)
    allow_many_connections()
    gc.disable()  # off until everything is loaded, see Worker
    sockets, port = listen(settings.host, settings.port, patience=_UNTIL_ORPHANS_END)
    _forget_ready_file(settings)
    supervisor = os.getpid()
    with early_stop.held():
        settings = locate_database(replace(settings, port=port))
        early_stop.clean_up_by(lambda: _remove_files(settings))
    preparation = Preparation(lambda: prepare(settings))
    try:
        _run(settings, sockets, preparation)
    finally:
        if os.getpid() == supervisor:
            _leave(settings, preparation)


def _mistakes_in_key(settings: Settings) -> list[str]:
    if settings.signing_key is None:
        return []
    from logindrill.work.installation_keys import mistakes_in  # what reads keys takes long to load

    return mistakes_in(settings.signing_key)


def _run(settings: Settings, sockets: list[socket], preparation: Preparation) -> NoReturn:
    if settings.workers > 1:
        import logindrill.api.operations
        import logindrill.console
        import logindrill.control.operations
        import logindrill.factory
        import logindrill.oidc.operations
        import logindrill.pages  # noqa: F401 - all loaded once, so that the workers share their memory
    announce_ready = partial(_announce, settings, preparation, os.getpid())
    serve_calls(settings, sockets, _builder(settings, preparation), announce_ready)
    raise SystemExit(0)


def serve_calls(
    settings: Settings, sockets: list[socket], build: Callable[[], Any], announce_ready: Callable[[], None]
) -> None:
    """Answer calls until asked to stop: in this process, or in several that it keeps alive.

    `build` makes the application in each process, `announce_ready` is called once, when calls are accepted.
    """
    if settings.workers > 1:
        from logindrill.serving.workers import Workers

        gc.freeze()  # a garbage collection would write to this memory and so end its sharing between processes
        Workers(settings, sockets, build, announce_ready).run()
    else:
        from logindrill.serving.http_server import HttpServer

        server = HttpServer(settings, build(), announce=announce_ready, stop_signals=early_stop.STOP_SIGNALS)
        server.serve_on(sockets)
        if server.stopped_early is not None:
            raise SystemExit(early_stop.tell(server.stopped_early))


def _announce(settings: Settings, preparation: Preparation, pid: int) -> None:
    for error in announce(settings, preparation.once(), pid=pid):
        print_error(f"ready, but cannot say so: {error}")


def _builder(settings: Settings, preparation: Preparation) -> Callable[[], Any]:
    """A worker runs this first, in its own process, so that no connection is shared across a fork.

    A worker that replaces another one while the database is away tries again, less and less often.
    """

    def build() -> Any:
        from sqlalchemy.exc import SQLAlchemyError

        from logindrill.factory import create_app
        from logindrill.work.trouble import in_one_line

        preparation.once()
        for pause in chain(_PAUSES, repeat(_PAUSES[-1])):
            try:
                return create_app(settings)
            except SQLAlchemyError as error:
                print_error(f"a worker cannot start, since the database cannot be used: {in_one_line(error)}")
            except OSError as error:
                print_error(f"a worker cannot start: {error}")
            RealClock().sleep(pause)
        raise AssertionError("the pauses never end")

    return build


def _leave(settings: Settings, preparation: Preparation) -> None:
    try:
        if preparation.succeeded and settings.export_on_exit:
            _export(settings, settings.export_on_exit)
    finally:
        preparation.close()
        _remove_files(settings)


def _remove_files(settings: Settings) -> None:
    """Remove what says that the server is ready, and an ephemeral database."""
    _forget_ready_file(settings)
    vacate(settings)


def _export(settings: Settings, target: Path) -> None:
    from sqlalchemy.exc import SQLAlchemyError

    from logindrill.default_sandbox import export_world
    from logindrill.work.database import Database
    from logindrill.work.trouble import in_one_line

    database = Database.open(settings.database, ephemeral=settings.ephemeral)
    try:
        write_whole(target, export_world(database, "default"))
    except OSError as error:
        print_error(f"cannot write {target}: {error.strerror}")
    except SQLAlchemyError as error:
        print_error(f"cannot write {target}, since the database cannot be read: {in_one_line(error)}")
    finally:
        database.close()


def _forget_ready_file(settings: Settings) -> None:
    if settings.ready_file:
        remove(settings.ready_file)
