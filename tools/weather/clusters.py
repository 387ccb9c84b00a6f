"""A PostgreSQL cluster of a storm's own, which may be stopped and started; a stop of it loses no commit."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.weather.servers import wait_until

_OPTIONS = "-c listen_addresses= -c fsync=off -c full_page_writes=off -c max_connections=200"
"""Commits are written before they are acknowledged: the process may be killed at any moment, the machine may not."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """One cluster."""

    programs: Path
    folder: Path
    user: int | None

    @property
    def address(self) -> str:
        """The address of its database."""
        return f"postgresql://postgres@/postgres?host={self.folder}"

    @property
    def pid(self) -> int:
        """The postmaster."""
        return int((self.folder / "postmaster.pid").read_text().split()[0])

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.run("pg_ctl", "-l", f"{self.folder}/log", "-w", "-o", f"-k {self.folder} {_OPTIONS}", "start")

    def stop(self, how: str = "immediate") -> None:
        """End all its processes at once; `how` is a mode of pg_ctl."""
        self.run("pg_ctl", "-m", how, "-w", "stop")

    def execute(self, *statements: str) -> None:
        """Execute statements as somebody else, each on its own."""
        import psycopg

        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute("SET default_transaction_read_only = off")
            for statement in statements:
                connection.execute(statement.encode())

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs on the cluster."""
        command = [str(self.programs / program), "-D", str(self.folder), *arguments]
        subprocess.run(command, user=self.user, capture_output=True, text=True, cwd=self.folder, check=True)


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """A cluster that has started; stopped at the end."""
    from tests.support.postgres import programs, unprivileged_owner

    folder.mkdir(mode=0o700)
    folder.parent.chmod(0o755)
    found = Cluster(programs(), folder, unprivileged_owner(folder))
    found.run("initdb", "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync")
    found.start()
    try:
        yield found
    finally:
        if (folder / "postmaster.pid").exists():
            os.kill(found.pid, signal.SIGQUIT)
            wait_until(lambda: not (folder / "postmaster.pid").exists())
