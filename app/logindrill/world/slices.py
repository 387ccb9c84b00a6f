"""Reads, writes and removes a big sandbox in slices, so that nobody else waits: each slice is small, and between two of
them other calls run.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Table, text

from logindrill.adapters import waits
from logindrill.work.database import Database
from logindrill.work.statements import driver_cursor
from logindrill.world import archive
from logindrill.world.archive import Contents, Lines

BIG = 8_000
"""How many rows a sandbox may have and still be worked on in one transaction."""

ROWS = 250
"""How many rows a slice has: a few milliseconds' work."""

_KEYS = 5_000
_LOOKS = frozenset({2, 20, 200})
_BREATH = timedelta(milliseconds=1)


def is_big(connection: Connection, sandbox_key: int) -> bool:
    """Whether the sandbox has too many rows to be worked on in one transaction."""
    mark = archive.mark_of(connection)
    rows = [f"SELECT 1 FROM {table.name} WHERE sandbox_key = {mark}" for table in archive.tables()]  # noqa: S608
    with driver_cursor(connection) as cursor:
        count = f"SELECT count(*) FROM ({' UNION ALL '.join(rows)} LIMIT {BIG + 1}) AS rows_of_all"  # noqa: S608
        cursor.execute(count, (sandbox_key,) * len(rows))
        return int(cursor.fetchone()[0]) > BIG


def breathe() -> None:
    """Let other calls run."""
    waits.here().sleep(_BREATH)


def read(view: Connection, sandbox_key: int) -> Iterator[Contents]:
    """The contents of a sandbox in parts, as one view of the database shows them."""
    sandbox: Sequence[Any] | None = archive.own_values(view, sandbox_key)
    part: list[Lines] = []
    count = 0
    for table in archive.tables():
        all_keys = _keys(view, table, sandbox_key)
        for at in range(0, len(all_keys), ROWS):
            keys = all_keys[at : at + ROWS]
            part.append(Lines(table.name, archive.columns_of(table), archive.join(_lines(view, table, keys))))
            count += len(keys)
            if count >= ROWS:
                yield Contents(sandbox, part)
                sandbox, part, count = None, [], 0
                breathe()
    if part or sandbox is not None:
        yield Contents(sandbox, part)


def parts_of(packed: bytes) -> Iterator[bytes]:
    """What was packed as a whole, in parts."""
    contents = archive.decode(packed)
    if contents is None:
        yield packed
        return
    yield archive.encode(Contents(contents.sandbox, []))
    for table, columns, joined in contents.lines:
        lines = archive.split(joined)
        for at in range(0, len(lines), ROWS):
            part = Lines(table, columns, archive.join(lines[at : at + ROWS]))
            yield archive.encode(Contents(None, [part]), archive.PLAIN)


def write(database: Database, sandbox_key: int, packed: Iterable[bytes]) -> None:
    """Add packed parts to a sandbox, each in a transaction of its own."""
    for number, part in enumerate(packed):
        with database.writing() as connection:
            archive.write(connection, sandbox_key, part)
        breathe()
        count_anew(database, number)


def count_anew(database: Database, number: int) -> None:
    """After the first slices, and now and then later, have PostgreSQL look at the tables that others refer to.

    It knows nothing of new rows before. What it once planned for the check of references, when the tables were empty,
    may go through all rows of the sandbox: each slice would take longer than the one before.
    """
    if not database.embedded and number in _LOOKS:
        with database.dispensable(), database.writing() as connection:
            connection.execute(text("ANALYZE users, companies"))


def remove(database: Database, sandbox_key: int) -> Iterator[None]:
    """Delete everything in a sandbox and the sandbox itself, a slice at each step."""
    for table, condition in _removals():
        removed = 1
        while removed:
            with database.writing() as connection, driver_cursor(connection) as cursor:
                condition_here = condition.replace("?", archive.mark_of(connection))
                cursor.execute(f"DELETE FROM {table} WHERE key IN ({condition_here})", (sandbox_key,))  # noqa: S608
                removed = cursor.rowcount
            yield


def _removals() -> Iterator[tuple[str, str]]:
    """Each table, and which of its rows go next."""
    for table in reversed(archive.tables()):
        yield table.name, f"SELECT key FROM {table.name} WHERE sandbox_key = ? LIMIT {ROWS}"  # noqa: S608
    of_snapshots = "SELECT key FROM snapshots WHERE sandbox_key = ?"
    yield "snapshot_pieces", f"SELECT key FROM snapshot_pieces WHERE snapshot_key IN ({of_snapshots}) LIMIT 20"  # noqa: S608
    yield "snapshots", f"{of_snapshots} LIMIT 5"
    yield "sandboxes", "SELECT key FROM sandboxes WHERE key = ? AND hidden"


def _keys(view: Connection, table: Table, sandbox_key: int) -> "array[int]":
    """The keys of the rows of a sandbox, in ascending order."""
    keys = array("q")
    with driver_cursor(view) as cursor:
        mark = archive.mark_of(view)
        cursor.execute(f"SELECT key FROM {table.name} WHERE sandbox_key = {mark} ORDER BY key", (sandbox_key,))  # noqa: S608
        while found := cursor.fetchmany(_KEYS):
            keys.extend(row[0] for row in found)
            breathe()
    return keys


def _lines(view: Connection, table: Table, keys: "array[int]") -> list[str]:
    mark = archive.mark_of(view)
    given: tuple[Any, ...] = tuple(keys) if mark == "?" else (list(keys),)
    among = f"IN ({', '.join('?' * len(keys))})" if mark == "?" else "= ANY(%s)"
    with driver_cursor(view) as cursor:
        selection = f"SELECT {archive.line(table, mark)} FROM {table.name} WHERE key {among} ORDER BY key"  # noqa: S608
        cursor.execute(selection, given)
        return [row[0] for row in cursor.fetchall()]
