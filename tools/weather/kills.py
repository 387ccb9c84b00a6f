"""Kills of workers and of the supervisor, while many write."""

import os
import random
import signal
import time
from pathlib import Path

from tools.weather.ledger import Ledger
from tools.weather.others import settle
from tools.weather.record import Record
from tools.weather.servers import Server, serving, whole_again
from tools.weather.strength import Strength

_OF_THE_SUPERVISOR = 5
"""Each which kill is one of the supervisor."""


def on_sqlite(strength: Strength, folder: Path) -> Record:
    """On a SQLite file."""
    return _kill(strength, folder, "SQLite", strength.of(100, 6), f"sqlite:///{folder / 'killed.sqlite3'}")


def on_postgresql(strength: Strength, folder: Path) -> Record:
    """On PostgreSQL."""
    from tools.weather.clusters import cluster

    with cluster(folder / "cluster") as postgresql:
        return _kill(strength, folder, "PostgreSQL", strength.of(50, 6), postgresql.address)


def _kill(strength: Strength, folder: Path, engine: str, times: int, address: str) -> Record:
    longest, starts = 0.0, []
    with serving(folder / "server", "--workers", "2", "--database-url", address) as server:
        others, ledger = settle(server.url), Ledger(server.url)
        ledger.settle()
        quiet = others.quiet(strength.of(5, 1))
        with others.beside() as felt, ledger.filling():
            for number in range(1, times + 1):
                time.sleep(random.uniform(0.05, 0.4))
                if number % _OF_THE_SUPERVISOR == 0:
                    starts.append(_kill_supervisor(server, stop_workers=number % (2 * _OF_THE_SUPERVISOR) == 0))
                else:
                    os.kill(random.choice(server.workers), signal.SIGKILL)
                longest = max(longest, whole_again(server))
        lost = ledger.missing()
        supervisors = times // _OF_THE_SUPERVISOR
        record = Record(
            f"kills, {engine}",
            f"{times - supervisors} times SIGKILL for a worker of two, {supervisors} times for the supervisor",
            felt,
            quiet,
            longest,
            lost,
        )
        record.notes.append(f"{ledger.kept} acknowledged writes looked for afterwards")
        record.notes.append(f"a new start had the port and was ready within {max(starts, default=0):.1f} s")
        if "Traceback" in server.errors:
            record.wrong.append("a traceback in the log")
    return record


def _kill_supervisor(server: Server, *, stop_workers: bool) -> float:
    """The seconds until a new start on the same port was ready; the orphans may be stopped, and end nevertheless."""
    if stop_workers:
        for worker in server.workers:
            os.kill(worker, signal.SIGSTOP)
    port = server.port
    server.kill()
    return server.start(port=port)
