"""Packs all rows of a sandbox and restores them: the baseline of a reset, a snapshot, a fork.

Rows are packed as the database's own plain values, without keys: they are written back in their old order, so that
"newest" stays the same. Columns are packed by name, so that an older archive can be restored after a migration added
columns. The database writes each row as a line of JSON itself: that takes a third of the time, and a row that has not
changed since is known by its line.
"""

import zlib
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from pydantic_core import from_json, to_json
from sqlalchemy import Connection, Table

from logindrill.models import Base, Sandbox, Snapshot
from logindrill.work.statements import driver_cursor

KeyRuns = dict[str, list[tuple[int, int]]]
"""The keys of rows by table: in ascending order, as pairs of the first and the last of keys without a gap."""

CARRIED = ("clock_mode", "clock_offset", "frozen_at", "seed", "draws", "seeded", "policy")
"""The columns of the sandbox's own row that belong to its state; its name, lifetime and preset do not."""

COMPRESSED, PLAIN = 1, 0
"""How densely contents are packed; plain contents are unpacked in a tenth of the time."""

_BETWEEN = ",\n"
_BEFORE, _AFTER = '"rows":[\n', "\n]}"
"""What stands around the lines of a table; no line holds such a break, since JSON escapes those in texts."""


class Lines(NamedTuple):
    """Rows of one table in the order of their keys, each a line of JSON."""

    table: str
    columns: tuple[str, ...]
    text: str


class Contents(NamedTuple):
    """What is packed, or a part of it."""

    sandbox: Sequence[Any] | None
    """The carried columns of the sandbox's own row; None in every part but the first."""
    lines: Sequence[Lines]


def pack(connection: Connection, sandbox_key: int) -> bytes:
    """Everything in the sandbox except its snapshots."""
    return encode(read(connection, sandbox_key)[0])


def read(connection: Connection, sandbox_key: int) -> tuple[Contents, KeyRuns]:
    """Everything in the sandbox except its snapshots, and where it lies."""
    found, key_runs = [], KeyRuns()
    with driver_cursor(connection) as cursor:
        for table in filled(cursor, connection, sandbox_key):
            rows = lines_of(cursor, connection, table, sandbox_key)
            key_runs[table.name] = _runs(row[0] for row in rows)
            found.append(Lines(table.name, columns_of(table), join(row[1] for row in rows)))
    return Contents(own_values(connection, sandbox_key), found), key_runs


def unpack(connection: Connection, sandbox_key: int, packed: bytes) -> None:
    """Replace everything in the sandbox except its snapshots by packed rows."""
    clear(connection, sandbox_key)
    write(connection, sandbox_key, packed)


def clear(connection: Connection, sandbox_key: int) -> None:
    """Delete everything in the sandbox except its snapshots."""
    mark = mark_of(connection)
    with driver_cursor(connection) as cursor:
        for table in reversed(tables()):
            cursor.execute(f"DELETE FROM {table.name} WHERE sandbox_key = {mark}", (sandbox_key,))  # noqa: S608


def write(connection: Connection, sandbox_key: int, packed: bytes) -> None:
    """Add packed rows to the sandbox, and set the state of its own row."""
    document = from_json(zlib.decompress(packed))
    mark = mark_of(connection)
    if "sandbox" in document:
        set_own_values(connection, sandbox_key, document["sandbox"])
    with driver_cursor(connection) as cursor:
        for table in tables():
            if table.name in document:
                columns = tuple(document[table.name]["columns"])
                values = [(sandbox_key, *row) for row in document[table.name]["rows"]]
                cursor.executemany(_insertion(table.name, columns, mark), values)


def key_runs_of(connection: Connection, sandbox_key: int) -> KeyRuns:
    """Where everything in the sandbox lies."""
    mark, found = mark_of(connection), KeyRuns()
    with driver_cursor(connection) as cursor:
        for table in filled(cursor, connection, sandbox_key):
            keys = f"SELECT key FROM {table.name} WHERE sandbox_key = {mark} ORDER BY key"  # noqa: S608
            cursor.execute(keys, (sandbox_key,))
            found[table.name] = _runs(row[0] for row in cursor.fetchall())
    return found


def own_values(connection: Connection, sandbox_key: int) -> Sequence[Any]:
    """The carried columns of the sandbox's own row."""
    mark = mark_of(connection)
    with driver_cursor(connection) as cursor:
        cursor.execute(f"SELECT {_quoted(CARRIED)} FROM sandboxes WHERE key = {mark}", (sandbox_key,))  # noqa: S608
        return list(cursor.fetchone())


def set_own_values(connection: Connection, sandbox_key: int, values: Sequence[Any]) -> None:
    """Set the carried columns of the sandbox's own row."""
    mark = mark_of(connection)
    assignments = ", ".join(f"{column} = {mark}" for column in CARRIED)
    with driver_cursor(connection) as cursor:
        cursor.execute(f"UPDATE sandboxes SET {assignments} WHERE key = {mark}", (*values, sandbox_key))  # noqa: S608


def lines_of(cursor: Any, connection: Connection, table: Table, sandbox_key: int) -> list[tuple[int, str]]:
    """The rows of the sandbox in a table by key: the key and the line of each."""
    cursor.execute(_selection(table, mark_of(connection)), (sandbox_key,))
    found: list[tuple[int, str]] = cursor.fetchall()
    return found


def encode(contents: Contents, level: int = COMPRESSED) -> bytes:
    """The contents in packed form."""
    parts = [] if contents.sandbox is None else [f'"sandbox":{to_json(contents.sandbox).decode()}']
    for table, columns, text in contents.lines:
        parts.append(f'"{table}":{{"columns":{to_json(columns).decode()},{_BEFORE}{text}{_AFTER}')
    return zlib.compress(f"{{{_BETWEEN.join(parts)}}}".encode(), level=level)


def decode(packed: bytes) -> Contents | None:
    """The contents of what `encode` made; None for an archive of before, which was not packed in lines."""
    *parts, end = zlib.decompress(packed).decode().split(_AFTER)
    lines, sandbox = [], None
    for part in parts:
        before, found, text = part.partition(_BEFORE)
        if not found:
            return None
        said = from_json(f'{{{before.removeprefix("{").removeprefix(_BETWEEN)}"rows":0}}}}')
        sandbox = said.pop("sandbox", sandbox)
        ((table, rows),) = said.items()
        lines.append(Lines(table, tuple(rows["columns"]), text))
    return Contents(sandbox, lines) if end == "}" else None


def join(lines: Iterable[str]) -> str:
    """Lines as the text of a table."""
    return _BETWEEN.join(lines)


def split(text: str) -> list[str]:
    """The lines of the text of a table."""
    return text.split(_BETWEEN) if text else []


@lru_cache(maxsize=1)
def tables() -> tuple[Table, ...]:
    """The tables whose rows belong to a sandbox; a table comes after those it refers to."""
    apart = {Sandbox.__tablename__, Snapshot.__tablename__}
    return tuple(table for table in Base.metadata.sorted_tables if "sandbox_key" in table.c and table.name not in apart)


def filled(cursor: Any, connection: Connection, sandbox_key: int) -> list[Table]:
    """The tables in which the sandbox has rows, in the order of `tables`: most sandboxes leave most tables empty, and
    one statement finds that out in the time of two.
    """
    cursor.execute(_search(mark_of(connection)), (sandbox_key,) * len(tables()))
    found = {row[0] for row in cursor.fetchall()}
    return [table for number, table in enumerate(tables()) if number in found]


@cache
def columns_of(table: Table) -> tuple[str, ...]:
    """The columns of a table that are packed."""
    return tuple(column.name for column in table.columns if column.name not in {"key", "sandbox_key"})


def mark_of(connection: Connection) -> str:
    """What stands for a value in a statement of the driver."""
    return "?" if connection.dialect.name == "sqlite" else "%s"


@cache
def line(table: Table, mark: str) -> str:
    """The SQL expression of a row's line."""
    names = _quoted(columns_of(table))
    return f"json_array({names})" if mark == "?" else f"json_build_array({names})::text"


@cache
def _search(mark: str) -> str:
    return " UNION ALL ".join(
        f"SELECT {number} WHERE EXISTS (SELECT 1 FROM {table.name} WHERE sandbox_key = {mark})"  # noqa: S608
        for number, table in enumerate(tables())
    )


@cache
def _selection(table: Table, mark: str) -> str:
    return f"SELECT key, {line(table, mark)} FROM {table.name} WHERE sandbox_key = {mark} ORDER BY key"  # noqa: S608


def _insertion(table: str, columns: Sequence[str], mark: str) -> str:
    marks = ", ".join([mark] * (len(columns) + 1))
    return f"INSERT INTO {table} (sandbox_key, {_quoted(columns)}) VALUES ({marks})"  # noqa: S608


def _quoted(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _runs(keys: Iterable[int]) -> list[tuple[int, int]]:
    """Ascending keys as pairs of the first and the last of keys without a gap."""
    runs: list[tuple[int, int]] = []
    for key in keys:
        if runs and key == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], key)
        else:
            runs.append((key, key))
    return runs
