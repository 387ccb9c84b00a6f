"""A PostgreSQL that stops, ends its sessions, turns read-only or hangs, while many write."""

import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.weather.clusters import Cluster, cluster
from tools.weather.ledger import Ledger
from tools.weather.others import settle
from tools.weather.record import Record
from tools.weather.servers import Server, serving, whole_again
from tools.weather.strength import Strength

_END_SESSIONS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@dataclass(frozen=True, slots=True)
class _Scene:
    """One cluster, a server on it, and those who write."""

    strength: Strength
    postgresql: Cluster
    server: Server
    ledger: Ledger


Fault = Callable[[_Scene], AbstractContextManager[None]]


def absent_databases(strength: Strength, folder: Path) -> list[Record]:
    """Each kind of absence, on a cluster of its own."""
    with (
        cluster(folder / "cluster") as postgresql,
        serving(folder / "server", "--workers", "2", "--database-url", postgresql.address) as server,
    ):
        scene = _Scene(strength, postgresql, server, Ledger(server.url))
        scene.ledger.settle()
        return [_fail(scene, kind, fault) for kind, fault in FAULTS.items()]


def _fail(scene: _Scene, kind: str, fault: Fault) -> Record:
    times, seconds = scene.strength.of(5, 1), scene.strength.of(5.0, 1.5)
    longest = 0.0
    others = settle(scene.server.url)
    quiet = others.quiet(scene.strength.of(5, 1))
    with others.beside() as felt, scene.ledger.filling():
        for _ in range(times):
            with fault(scene):
                time.sleep(seconds)
            longest = max(longest, whole_again(scene.server))
    lost = scene.ledger.missing()
    record = Record(f"PostgreSQL, {kind}", f"{times} times {seconds:.1f} s", felt, quiet, longest, lost)
    record.notes.append(f"{scene.ledger.kept} acknowledged writes looked for afterwards")
    if felt.of("livez").count(503):
        record.wrong.append("a probe of the process failed")
    if "Traceback" in scene.server.errors:
        record.wrong.append("a traceback in the log")
    return record


@contextmanager
def _stopped(scene: _Scene) -> Iterator[None]:
    scene.postgresql.stop()
    try:
        yield
    finally:
        scene.postgresql.start()


@contextmanager
def _sessions_ended(scene: _Scene) -> Iterator[None]:
    for _ in range(5):
        scene.postgresql.execute(_END_SESSIONS)
        time.sleep(0.2)
    yield


@contextmanager
def _read_only(scene: _Scene) -> Iterator[None]:
    scene.postgresql.execute("ALTER DATABASE postgres SET default_transaction_read_only = on", _END_SESSIONS)
    try:
        yield
    finally:
        scene.postgresql.execute("ALTER DATABASE postgres RESET default_transaction_read_only")


@contextmanager
def _away_at_a_death(scene: _Scene) -> Iterator[None]:
    with _stopped(scene):
        os.kill(scene.server.workers[0], signal.SIGKILL)
        yield


FAULTS: Mapping[str, Fault] = {
    "stopped": _stopped,
    "sessions ended": _sessions_ended,
    "read-only": _read_only,
    "away at a worker's death": _away_at_a_death,
}
"""The kinds, by what is done."""
