"""Commands on a database that is broken inside: one line that says so and an exit code, never a traceback."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from logindrill.work.database import Database
from tests.support.processes import run
from tests.support.sets import thinned

PAGE = 4096
KEPT = ("alembic_version", "installations")


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A file whose schema can be read, and every table of people and sandboxes cannot."""
    file = tmp_path / "damaged.sqlite3"
    database = Database.open(f"sqlite:///{file}")
    database.prepare()
    database.close()
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        pages = dict(opened.execute("SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0"))
    with file.open("r+b") as raw:
        for name, number in pages.items():
            if name not in KEPT:
                raw.seek((number - 1) * PAGE)
                raw.write(b"\xff" * PAGE)
    return file


@pytest.mark.parametrize("command", thinned(["reset default", "serve --port 0", "serve --port 0 --workers 2"], 3))
def test_a_database_damaged_inside_is_reported_in_one_line(command: str, damaged: Path, tmp_path: Path) -> None:
    done = run(*command.split(), "--database-url", f"sqlite:///{damaged}", cwd=tmp_path)
    assert done.returncode == 4
    assert done.stderr == "logindrill: the database cannot be used: database disk image is malformed\n"
    assert done.stdout == ""


@pytest.mark.slow
def test_the_doctor_finds_what_is_damaged_inside(damaged: Path, tmp_path: Path) -> None:
    done = run("doctor", "--port", "0", "--database-url", f"sqlite:///{damaged}", cwd=tmp_path)
    [line] = [line for line in done.stdout.splitlines() if " database " in line]
    assert line.startswith("WRONG")
    assert "damaged" in line
    assert (done.returncode, done.stderr) == (1, "")
