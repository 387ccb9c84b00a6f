"""Statements of the hot paths: compiled once, run on the driver's own cursor.

What SQLAlchemy does around each execution costs several times the statement itself. Here a Core
statement is still written, typed and compiled by SQLAlchemy, once for each database; after that only its
types are applied. Use it where a sign-in or a session check passes, and nowhere else.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.expression import ClauseElement

Values = Mapping[str, Any]
_Process = Callable[[Any], Any]


class _Plan(NamedTuple):
    """A statement as one database wants it."""

    sql: str
    names: tuple[str, ...]
    binds: tuple[tuple[str, _Process], ...]
    constants: Values
    positional: bool
    make_row: Callable[[Any], Any]
    results: tuple[tuple[int, _Process], ...]


class Prepared:
    """A statement with named values: `all` and `one_or_none` read, `run` writes."""

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._plans: dict[str, _Plan] = {}

    def all(self, connection: Connection, values: Values) -> list[Any]:
        """The rows, as named tuples."""
        plan = self._plan(connection, values)
        rows = self._execute(connection, plan, values).fetchall()
        return [_row(plan, row) for row in rows]

    def one_or_none(self, connection: Connection, values: Values) -> Any:
        """The first row, as a named tuple; the statement promises that there is at most one."""
        plan = self._plan(connection, values)
        row = self._execute(connection, plan, values).fetchone()
        return None if row is None else _row(plan, row)

    def run(self, connection: Connection, values: Values) -> int:
        """Execute a statement that returns nothing; how many rows it met."""
        plan = self._plan(connection, values)
        return int(self._execute(connection, plan, values).rowcount)

    def _execute(self, connection: Connection, plan: _Plan, values: Values) -> Any:
        given = {**plan.constants, **values}
        for name, process in plan.binds:
            given[name] = process(given[name])
        parameters = [given[name] for name in plan.names] if plan.positional else given
        driver: Any = connection.connection.dbapi_connection
        try:
            return driver.execute(plan.sql, parameters)
        except connection.dialect.loaded_dbapi.Error as error:
            raise DBAPIError.instance(
                plan.sql, None, error, connection.dialect.loaded_dbapi.Error, dialect=connection.dialect
            ) from error

    def _plan(self, connection: Connection, values: Values) -> _Plan:
        plan = self._plans.get(connection.dialect.name)
        if plan is None:
            plan = self._plans[connection.dialect.name] = _compile(self._statement, connection.dialect, values)
        return plan


def _compile(statement: ClauseElement, dialect: Dialect, values: Values) -> _Plan:
    if getattr(statement, "is_insert", False):
        statement = statement.inline()  # type: ignore[attr-defined]
        compiled: Any = statement.compile(dialect=dialect, column_keys=list(values))
        defaults = {column.key: column.default.arg for column in compiled.insert_prefetch}
    else:
        compiled = statement.compile(dialect=dialect)
        defaults = {}
    fixed = {name: bind.effective_value for name, bind in compiled.binds.items() if not bind.required}
    columns = list(getattr(statement, "selected_columns", ()))
    binds = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in compiled.binds.items()}
    named: Any = namedtuple  # its fields are known only now
    make_row = named("Row", [column.key for column in columns], rename=True)._make
    results = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
    return _Plan(
        sql=str(compiled),
        names=tuple(compiled.positiontup or ()),
        binds=tuple((name, process) for name, process in binds.items() if process is not None),
        constants=fixed | defaults,
        positional=bool(compiled.positional),
        make_row=make_row,
        results=tuple((number, process) for number, process in enumerate(results) if process is not None),
    )


def _row(plan: _Plan, row: Any) -> Any:
    if plan.results:
        row = list(row)
        for number, process in plan.results:
            row[number] = process(row[number])
    return plan.make_row(row)
