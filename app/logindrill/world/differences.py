"""Undoes what differs from packed rows that are known by their keys: far cheaper than writing all of them anew.

Newer rows are found by their keys. The others are compared with what was packed; those that were changed or deleted are
put back under their old keys. The state afterwards is that of a full restore.
"""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import chain, compress
from operator import ne
from typing import Any

from pydantic_core import from_json
from sqlalchemy import Connection, Table, UniqueConstraint

from logindrill.work.statements import driver_cursor
from logindrill.world import archive
from logindrill.world.archive import Contents, KeyRuns, columns_of, tables

_Kept = dict[int, str]
"""The lines of rows by key."""


def undo(connection: Connection, sandbox_key: int, contents: Contents, key_runs: KeyRuns) -> bool:
    """Return the sandbox to the packed contents, whose rows had the keys of `key_runs`.

    False where that is not possible, because a key is taken by another sandbox meanwhile or a migration has changed
    the columns: then something may be undone already, and all must be written anew.
    """
    packed = {lines.table: lines for lines in contents.lines}
    known = all(table.name not in packed or packed[table.name].columns == columns_of(table) for table in tables())
    if contents.sandbox is None or not known:
        return False
    with driver_cursor(connection) as cursor:
        filled = archive.filled(cursor, connection, sandbox_key)
        to_repair = [table for table in tables() if table in filled or table.name in packed]
        table_repairs = [_Repair(cursor, connection, table, sandbox_key) for table in to_repair]
        for repair in reversed(table_repairs):
            repair.delete_beyond(key_runs.get(repair.table.name, []))
        for repair in table_repairs:
            name = repair.table.name
            if not repair.return_to(packed[name].text if name in packed else "", key_runs.get(name, [])):
                return False
    archive.set_own_values(connection, sandbox_key, contents.sandbox)
    return True


class _Repair:
    """Changes the rows of one table in one sandbox."""

    def __init__(self, cursor: Any, connection: Connection, table: Table, sandbox_key: int) -> None:
        self.table = table
        self._cursor = cursor
        self._connection = connection
        self._mark = archive.mark_of(connection)
        self._sandbox_key = sandbox_key

    def delete_beyond(self, runs: Sequence[Sequence[int]]) -> None:
        """Delete the rows whose keys lie before or after all others."""
        beyond = f"sandbox_key = {self._mark} AND (key < {self._mark} OR key > {self._mark})"
        first, last = (runs[0][0], runs[-1][1]) if runs else (0, 0)
        self._cursor.execute(f"DELETE FROM {self.table.name} WHERE {beyond}", (self._sandbox_key, first, last))  # noqa: S608

    def return_to(self, text: str, runs: Sequence[Sequence[int]]) -> bool:
        """Make the rows what they were; False where a key is taken."""
        now = dict(self._rows_between(*runs[0]) if len(runs) == 1 else self._rows())
        if archive.join(now.values()) == text:
            return True
        keys = chain.from_iterable(range(first, last + 1) for first, last in runs)
        return self._put_back(dict(zip(keys, archive.split(text), strict=True)), now)

    def _rows(self) -> list[tuple[int, str]]:
        return archive.lines_of(self._cursor, self._connection, self.table, self._sandbox_key)

    def _rows_between(self, first: int, last: int) -> list[tuple[int, str]]:
        """The same, read in the order in which they are stored: that needs no index."""
        where = f"+sandbox_key = {self._mark} AND key BETWEEN {self._mark} AND {self._mark} ORDER BY key"
        selection = f"SELECT key, {archive.line(self.table, self._mark)} FROM {self.table.name} WHERE {where}"  # noqa: S608
        self._cursor.execute(selection, (self._sandbox_key, first, last))
        found: list[tuple[int, str]] = self._cursor.fetchall()
        return found

    def _put_back(self, kept: _Kept, now: _Kept) -> bool:
        unique = _positions_of_unique(self.table)
        gone = [key for key in kept if key not in now]
        changed: dict[tuple[int, ...], list[int]] = {}
        for key, line in now.items():
            if key in kept and line != kept[key]:
                present, before = from_json(line), from_json(kept[key])
                changed.setdefault(tuple(compress(range(len(present)), map(ne, present, before))), []).append(key)
        again = [key for differing, keys in changed.items() if not unique.isdisjoint(differing) for key in keys]
        self._delete([*(key for key in now if key not in kept), *again])
        if not self._insert(sorted([*gone, *again]), kept):
            return False
        for differing, keys in changed.items():
            if differing and unique.isdisjoint(differing):
                self._update(differing, keys, kept)
        return True

    def _delete(self, keys: list[int]) -> None:
        statement = f"DELETE FROM {self.table.name} WHERE sandbox_key = {self._mark} AND key = {self._mark}"  # noqa: S608
        self._for_each(statement, keys, lambda key: (self._sandbox_key, key))

    def _insert(self, keys: list[int], kept: _Kept) -> bool:
        taken = f"SELECT 1 FROM {self.table.name} WHERE key = {self._mark}"  # noqa: S608
        for key in keys:
            self._cursor.execute(taken, (key,))
            if self._cursor.fetchone() is not None:
                return False
        columns = columns_of(self.table)
        names = ", ".join(f'"{name}"' for name in columns)
        marks = ", ".join([self._mark] * (len(columns) + 2))
        statement = f"INSERT INTO {self.table.name} (key, sandbox_key, {names}) VALUES ({marks})"  # noqa: S608
        self._for_each(statement, keys, lambda key: (key, self._sandbox_key, *from_json(kept[key])))
        return True

    def _update(self, positions: Sequence[int], keys: list[int], kept: _Kept) -> None:
        columns = columns_of(self.table)
        assignments = ", ".join(f'"{columns[position]}" = {self._mark}' for position in positions)
        where = f"sandbox_key = {self._mark} AND key = {self._mark}"
        statement = f"UPDATE {self.table.name} SET {assignments} WHERE {where}"  # noqa: S608

        def values(key: int) -> tuple[Any, ...]:
            before = from_json(kept[key])
            return (*(before[position] for position in positions), self._sandbox_key, key)

        self._for_each(statement, keys, values)

    def _for_each(self, statement: str, keys: list[int], values: Callable[[int], tuple[Any, ...]]) -> None:
        if keys:
            self._cursor.executemany(statement, list(map(values, keys)))


@cache
def _positions_of_unique(table: Table) -> frozenset[int]:
    """Where the columns stand that are unique in a sandbox: two rows may have exchanged their values."""
    names = {
        column.name
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
        for column in constraint.columns
    }
    return frozenset(n for n, name in enumerate(columns_of(table)) if name in names)
