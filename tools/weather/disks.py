"""Disks that are full or fail under a SQLite file, while many write."""

import resource
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

from tools.weather.broken_disk import KINDS, BrokenDisk
from tools.weather.ledger import Ledger
from tools.weather.others import settle
from tools.weather.record import Record
from tools.weather.servers import Server, serving, wait_until, whole_again
from tools.weather.strength import Strength

Failing = Callable[[Server], AbstractContextManager[None]]


def failing_disks(strength: Strength, folder: Path) -> list[Record]:
    """Each kind of failure; the short form needs no compiler and has one, files that cannot grow."""
    if not strength.whole:
        return [_fail(strength, folder / "limited", "files that cannot grow", {}, _without_growth)]
    disk = BrokenDisk(folder)
    return [
        _fail(strength, folder / f"disk-{number}", kind, disk.environ, partial(_as_ordered, disk, kind))
        for number, kind in enumerate(KINDS)
    ]


def _fail(strength: Strength, folder: Path, kind: str, environ: Mapping[str, str], failing: Failing) -> Record:
    times, seconds = strength.of(5, 1), strength.of(5.0, 2.0)
    longest = 0.0
    with serving(folder, "--database-url", "sqlite:///storm.sqlite3", environ=environ) as server:
        others, ledger = settle(server.url), Ledger(server.url)
        ledger.settle()
        quiet = others.quiet(strength.of(5, 1))
        with others.beside() as felt, ledger.filling():
            for _ in range(times):
                with failing(server):
                    time.sleep(seconds)
                longest = max(longest, whole_again(server))
                time.sleep(strength.of(1.0, 0.2))
        lost = ledger.missing()
        done = f"{times} times {seconds:.0f} s with {kind}, under sign-ins and invitations"
        record = Record(f"disk, {kind}", done, felt, quiet, longest, lost)
        record.notes.append(f"{ledger.kept} acknowledged writes looked for afterwards")
        record.notes.append(f"{felt.of('livez', 'configuration', 'session').count(503)} reads refused")
        record.wrong += _broken_promises(server, felt.of("sign-in").count(503), kind)
    return record


def _broken_promises(server: Server, refused: int, kind: str) -> list[str]:
    """What the log must say, and what it must not."""
    wrong = []
    if refused:
        wait_until(lambda: "storage: " in server.errors)  # where the disk holds the log too, it comes a moment later
    if not refused and kind != "errors of fsync":
        wrong.append("the storm was none: no write was refused")
    if "Traceback" in server.errors:
        wrong.append("a traceback in the log")
    return wrong


def _as_ordered(disk: BrokenDisk, kind: str, _server: Server) -> AbstractContextManager[None]:
    return disk.failing(kind)


@contextmanager
def _without_growth(server: Server) -> Iterator[None]:
    """No file of the server can grow, its log included."""
    before = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, before)
