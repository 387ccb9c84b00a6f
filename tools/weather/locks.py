"""Locks that somebody else holds for a minute: a sandbox's row on PostgreSQL, the whole file on SQLite."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

from tools.weather.calls import Client, Reply
from tools.weather.clusters import cluster
from tools.weather.others import Felt, Others, percentile, settle
from tools.weather.record import Record
from tools.weather.servers import Server, serving, whole_again
from tools.weather.strength import Strength

_AT_ONCE = 16
_READS = ("livez", "configuration", "session")


def locked_file(strength: Strength, folder: Path) -> Record:
    """Another process writes into the SQLite file, and comes to no end."""
    with serving(folder / "server", "--database-url", "sqlite:///locked.sqlite3") as server:
        file = server.folder / "locked.sqlite3"
        return _lock(strength, server, "SQLite file", settle(server.url, reading_only=True), _file_locked(file))


def locked_sandbox(strength: Strength, folder: Path) -> Record:
    """Another client of the database holds the row of one sandbox."""
    with (
        cluster(folder / "cluster") as postgresql,
        serving(folder / "server", "--database-url", postgresql.address) as server,
    ):
        return _lock(strength, server, "sandbox's row", settle(server.url), _row_locked(postgresql.address))


def _lock(strength: Strength, server: Server, what: str, others: Others, lock: Any) -> Record:
    seconds = strength.of(60.0, 6.0)
    quiet = others.quiet(strength.of(5, 1))
    with _Writers(server) as writers, others.beside() as felt:
        with lock:
            writers.begin()
            time.sleep(seconds)
            writers.end()
        longest = whole_again(server)
    done = f"for {seconds:.0f} s, under {_AT_ONCE} clients who sign in to it"
    record = Record(f"lock, {what}", done, felt, quiet, longest)
    record.notes.append(
        f"{len(writers.heard)} writers refused, the slowest after {max(writers.seconds, default=0):.1f} s;"
        f" `/livez` within {percentile(felt.of('livez'), 100):.0f} ms"
    )
    record.wrong += _broken_promises(writers.heard, felt)
    return record


def _broken_promises(heard: list[Reply], felt: Felt) -> list[str]:
    wrong = []
    if any(reply.status != 503 or int(reply.retry_after or 0) < 1 for reply in heard):
        wrong.append(f"writers were answered {sorted({reply.status for reply in heard})} instead of 503")
    if felt.count(503):
        wrong.append(f"{felt.count(503)} calls of others were refused")
    return wrong


class _Writers:
    """Clients who sign in to the locked sandbox, from `begin` to `end`."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._stop = Event()
        self._threads = [Thread(target=self._go_on) for _ in range(_AT_ONCE)]
        self.heard: list[Reply] = []
        self.seconds: list[float] = []

    def __enter__(self) -> "_Writers":
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def begin(self) -> None:
        """Let them begin."""
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Return when each has got its last answer."""
        self._stop.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def _go_on(self) -> None:
        client = Client(self._server.url)
        while not self._stop.is_set():
            begun = time.monotonic()
            reply = client.call("POST", "/v1/sign-ins", self._server.facts["first_person"])
            self.seconds.append(time.monotonic() - begun)
            self.heard.append(reply)
        client.close()


@contextmanager
def _file_locked(file: Path) -> Iterator[None]:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def _row_locked(address: str) -> Iterator[None]:
    import psycopg

    with psycopg.connect(address) as other:
        other.execute("SELECT key FROM sandboxes WHERE id = 'default' FOR UPDATE")
        yield
        other.rollback()
