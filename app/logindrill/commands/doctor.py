"""`logindrill doctor`: checks everything that a server needs, and says what to do where something is missing."""

import os
import shlex
import socket
import sys
import sysconfig
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from importlib.util import find_spec
from pathlib import Path

from logindrill.adapters.clock import RealClock
from logindrill.serving.database_location import database_file, locate_database
from logindrill.serving.failures import CannotStart
from logindrill.serving.sockets import listen
from logindrill.settings import Settings, start_guard

_PYTHON = (3, 11)
_SLOWEST_HASH_MS = {"fast": 20, "owasp": 500}
_EARLIEST_YEAR = 2026
_EVERYWHERE = ("0.0.0.0", "::", "[::]", "")  # noqa: S104 - not to listen on, to know again


@dataclass(frozen=True, slots=True)
class Result:
    """One check: whether it passed, and in words what was found or what to do."""

    subject: str
    well: bool
    words: str
    only_warns: bool = False
    """A server works all the same, but more slowly."""

    @property
    def fails(self) -> bool:
        """Whether a server cannot work like this."""
        return not self.well and not self.only_warns

    @property
    def line(self) -> str:
        """The line that a person sees."""
        verdict = "ok" if self.well else "warn" if self.only_warns else "WRONG"
        return f"{verdict:<6} {self.subject:<12} {self.words}"


def examine(settings: Settings) -> list[Result]:
    """Run all checks in order; nothing is changed, except that an empty `instance/` may be created."""
    checks: tuple[Callable[[Settings], Iterator[Result]], ...] = (
        _python, _environment, _folder, _database, _port, _names, _hashing, _clock, _parts, _byte_code,
    )  # fmt: skip
    return [finding for check in checks for finding in check(settings)]


def _python(_: Settings) -> Iterator[Result]:
    found = ".".join(map(str, sys.version_info[:3]))
    well = sys.version_info >= _PYTHON
    yield Result("python", well, found if well else f"{found}: 3.11 or later is needed")


def _environment(settings: Settings) -> Iterator[Result]:
    reasons = start_guard(settings, os.environ)
    yield Result("environment", not reasons, "; ".join(reasons) or "nothing prevents a start")


def _folder(settings: Settings) -> Iterator[Result]:
    try:
        file = database_file(locate_database(settings))
    except CannotStart as error:
        yield Result("folder", False, str(error))
    else:
        yield Result(
            "folder", True, f"{file.parent} can be written" if file else "not needed, a database server stores the data"
        )


def _database(settings: Settings) -> Iterator[Result]:
    from sqlalchemy.exc import SQLAlchemyError

    from logindrill.work.database import SCHEMA, Database
    from logindrill.work.engines import DatabaseUnusable

    file = database_file(settings)
    if file and not file.exists():
        yield Result("database", True, "none yet; `logindrill serve` creates it")
        return
    try:
        database = Database.open(settings.database)
        found = database.schema()
        damage = database.damage()
    except (DatabaseUnusable, SQLAlchemyError) as error:
        yield Result("database", False, f"cannot be reached: {str(error).partition(chr(10))[0]}")
        return
    if damage:
        yield Result("database", False, f"damaged: {damage}; restore a copy, or begin with a new file")
        return
    words = {None: "reached, empty; `logindrill serve` fills it", SCHEMA: f"reached, schema {found}"}
    yield Result("database", found in words, words.get(found) or f"schema {found}: run `logindrill db upgrade`")


def _port(settings: Settings) -> Iterator[Result]:
    try:
        sockets, port = listen(settings.host, settings.port)
    except CannotStart as error:
        serving = _is_ours(settings)
        yield Result("port", serving, f"{settings.port}: Login Drill serves there already" if serving else str(error))
        return
    addresses = " and ".join(listener.getsockname()[0] for listener in sockets)
    for listener in sockets:
        listener.close()
    yield Result("port", True, f"{port} is free on {addresses}")


def _is_ours(settings: Settings) -> bool:
    """Whether the program on the port identifies itself as Login Drill; over TLS it is not asked."""
    host = "localhost" if settings.host in _EVERYWHERE else settings.host.strip("[]")
    try:
        with closing(HTTPConnection(host, settings.port, timeout=2)) as connection:
            connection.request("GET", "/livez")
            return connection.getresponse().headers.get("X-Mock") == "logindrill"
    except (OSError, HTTPException, ValueError):
        return False


def _names(_: Settings) -> Iterator[Result]:
    try:
        found = sorted({str(entry[4][0]) for entry in socket.getaddrinfo("localhost", None)})
    except OSError:
        found = []
    well = "127.0.0.1" in found
    yield Result("localhost", well, f"is {', '.join(found) or 'unknown'}" + ("" if well else ": add it to /etc/hosts"))


def _hashing(_: Settings) -> Iterator[Result]:
    from logindrill.adapters.hashing import PasswordCost, PasswordHasher

    clock = RealClock()
    for cost in PasswordCost:
        hasher = PasswordHasher(cost)
        before = clock.elapsed()
        hasher.hash("how long does this take")
        taken = (clock.elapsed() - before).total_seconds() * 1000
        well = taken <= _SLOWEST_HASH_MS[cost]
        words = f"{cost}: {taken:.1f} ms" + ("" if well else ": this machine is slow or busy")
        yield Result("hashing", well, words, only_warns=True)


def _clock(_: Settings) -> Iterator[Result]:
    now = RealClock().now()
    well = now.year >= _EARLIEST_YEAR
    yield Result("clock", well, f"{now:%Y-%m-%d %H:%M:%S} UTC" + ("" if well else ": set the time of this machine"))


def _parts(settings: Settings) -> Iterator[Result]:
    there = find_spec("psycopg") is not None
    wanted = settings.database.startswith("postgres")
    absent = (
        "not installed: pip install 'logindrill[postgres]'" if wanted else "not installed; only needed for PostgreSQL"
    )
    yield Result("psycopg", there or not wanted, "installed" if there else absent)


def _byte_code(_: Settings) -> Iterator[Result]:
    """Python compiles a module without byte code anew at every start; uv and PYTHONDONTWRITEBYTECODE leave it out."""
    folders = {Path(sysconfig.get_path("purelib")), Path(__file__).parents[1]}
    specs = [getattr(module, "__spec__", None) for module in tuple(sys.modules.values())]
    lacking = [
        folder
        for spec in specs
        for folder in folders
        if spec and spec.cached and folder in Path(spec.origin or "").parents and not Path(spec.cached).exists()
    ]
    command = shlex.join(["python", "-m", "compileall", "-q", *sorted({str(folder) for folder in lacking})])
    words = f"{len(lacking)} modules have none, so every start takes longer: run {command}"
    yield Result("byte code", not lacking, words if lacking else "is kept, starts are fast", only_warns=True)
