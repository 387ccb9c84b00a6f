"""Packs all rows of a sandbox and restores them: the baseline of a reset, a snapshot, a fork.

Rows are packed as the database's own plain values, without keys: they are written back in their old order, so that
"newest" stays the same. Columns are packed by name, so that an older archive can be restored after a migration added
columns.
"""

import zlib
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from pydantic_core import from_json, to_json
from sqlalchemy import Connection, Table

from logindrill.models import Base, Sandbox, Snapshot
from logindrill.work.statements import driver_cursor

_CARRIED = ("clock_mode", "clock_offset", "frozen_at", "seed", "draws", "seeded", "policy")
"""The columns of the sandbox's own row that belong to its state; its name, lifetime and preset do not."""


def pack(connection: Connection, sandbox_key: int) -> bytes:
    """Everything in the sandbox except its snapshots."""
    mark = _mark(connection)
    with driver_cursor(connection) as cursor:
        cursor.execute(f"SELECT {_quoted(_CARRIED)} FROM sandboxes WHERE key = {mark}", (sandbox_key,))  # noqa: S608
        content: dict[str, Any] = {"sandbox": list(cursor.fetchone())}
        for table in tables():
            cursor.execute(_selection(table, mark), (sandbox_key,))
            rows = cursor.fetchall()
            if rows:
                content[table.name] = {"columns": _columns(table), "rows": rows}
    return zlib.compress(to_json(content), level=1)


def unpack(connection: Connection, sandbox_key: int, packed: bytes) -> None:
    """Replace everything in the sandbox except its snapshots by packed rows."""
    content = from_json(zlib.decompress(packed))
    clear(connection, sandbox_key)
    mark = _mark(connection)
    assignments = ", ".join(f"{column} = {mark}" for column in _CARRIED)
    with driver_cursor(connection) as cursor:
        cursor.execute(
            f"UPDATE sandboxes SET {assignments} WHERE key = {mark}",  # noqa: S608 - names are the schema's own
            (*content["sandbox"], sandbox_key),
        )
        for table in tables():
            if table.name in content:
                columns = tuple(content[table.name]["columns"])
                rows = [(sandbox_key, *row) for row in content[table.name]["rows"]]
                cursor.executemany(_insertion(table.name, columns, mark), rows)


def clear(connection: Connection, sandbox_key: int) -> None:
    """Delete everything in the sandbox except its snapshots."""
    mark = _mark(connection)
    with driver_cursor(connection) as cursor:
        for table in reversed(tables()):
            cursor.execute(f"DELETE FROM {table.name} WHERE sandbox_key = {mark}", (sandbox_key,))  # noqa: S608


@lru_cache(maxsize=1)
def tables() -> tuple[Table, ...]:
    """The tables whose rows belong to a sandbox; a table comes after those it refers to."""
    apart = {Sandbox.__tablename__, Snapshot.__tablename__}
    return tuple(table for table in Base.metadata.sorted_tables if "sandbox_key" in table.c and table.name not in apart)


@cache
def _columns(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns if column.name not in {"key", "sandbox_key"})


@cache
def _selection(table: Table, mark: str) -> str:
    names = _quoted(_columns(table))
    return f"SELECT {names} FROM {table.name} WHERE sandbox_key = {mark} ORDER BY key"  # noqa: S608


def _insertion(table: str, columns: Sequence[str], mark: str) -> str:
    marks = ", ".join([mark] * (len(columns) + 1))
    return f"INSERT INTO {table} (sandbox_key, {_quoted(columns)}) VALUES ({marks})"  # noqa: S608


def _quoted(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _mark(connection: Connection) -> str:
    return "?" if connection.dialect.name == "sqlite" else "%s"
