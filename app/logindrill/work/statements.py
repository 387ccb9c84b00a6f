"""Statements of the hot paths: compiled once, run on the driver's own cursor, and kept within one sandbox.

What SQLAlchemy does around each execution costs several times the statement itself. Here a statement is still
written, typed and compiled by SQLAlchemy, once for each database; after that only its types are applied. Use it where
a sign-in or a session check passes, and nowhere else.

A statement names models, never tables: `scope` then adds the sandbox to every one of them, and the unit of
work gives its value. `AcrossSandboxes` is the exception, for whoever looks for the sandbox itself.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from sqlalchemy import Connection, Delete, Dialect, Insert, Select, Update, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import InstrumentedAttribute

from logindrill.models import SandboxRow
from logindrill.work.scope import KEPT_WITHIN_GIVEN

Values = Mapping[str, Any]
Row = TypeVar("Row", bound=tuple[Any, ...])
"""The class of a statement's rows: a NamedTuple whose fields are the names of the columns, in their order."""

_Process = Callable[[Any], Any]
_SANDBOX = "sandbox_key"


class Within(Protocol):
    """Where a statement runs: a connection, and the sandbox whose rows it may meet. Each unit of work is one."""

    @property
    def connection(self) -> Connection:
        """The open connection."""

    @property
    def sandbox_key(self) -> int:
        """The internal key of the sandbox."""


class PreparedSelect(Generic[Row]):
    """Reads rows of one class from the sandbox of a unit of work."""

    def __init__(self, row: type[Row], statement: Select[*tuple[Any, ...]]) -> None:
        self.row = row
        self.statement = statement.options(KEPT_WITHIN_GIVEN)
        self._plans: dict[str, _Plan] = {}

    def all(self, within: Within, values: Values) -> list[Row]:
        """The rows."""
        connection = within.connection
        plan = _plan(self._plans, self.statement, connection, row=self.row)
        rows = _execute(connection, plan, {**values, _SANDBOX: within.sandbox_key}).fetchall()
        return [_row(self.row, plan, row) for row in rows]

    def one_or_none(self, within: Within, values: Values) -> Row | None:
        """The first row; the statement promises that there is at most one."""
        connection = within.connection
        plan = _plan(self._plans, self.statement, connection, row=self.row)
        row = _execute(connection, plan, {**values, _SANDBOX: within.sandbox_key}).fetchone()
        return None if row is None else _row(self.row, plan, row)

    def one(self, within: Within, values: Values) -> Row:
        """The first row; raises LookupError where there is none."""
        row = self.one_or_none(within, values)
        if row is None:
            raise LookupError(f"no {self.row.__name__}")
        return row


class PreparedWrite:
    """Changes or deletes rows in the sandbox of a unit of work."""

    def __init__(self, statement: Update | Delete) -> None:
        self.statement = statement.options(KEPT_WITHIN_GIVEN)
        self._plans: dict[str, _Plan] = {}

    def run(self, within: Within, values: Values) -> int:
        """Execute the statement; how many rows it met."""
        connection = within.connection
        plan = _plan(self._plans, self.statement, connection)
        return int(_execute(connection, plan, {**values, _SANDBOX: within.sandbox_key}).rowcount)


class PreparedInsert:
    """Adds a row of one model to the sandbox of a unit of work."""

    def __init__(self, model: type[SandboxRow]) -> None:
        self.statement = insert(model.__table__).inline()
        self._plans: dict[str, _Plan] = {}

    def run(self, within: Within, values: Values) -> None:
        """Add a row with these values, which must be of the same columns each time."""
        connection = within.connection
        values = {**values, _SANDBOX: within.sandbox_key}
        plan = _plan(self._plans, self.statement, connection, values=values)
        _execute(connection, plan, values)

    def run_all(self, within: Within, rows: Sequence[Values]) -> None:
        """Add rows, all with values of the same columns each time."""
        connection = within.connection
        given = [{**values, _SANDBOX: within.sandbox_key} for values in rows]
        plan = _plan(self._plans, self.statement, connection, values=given[0])
        with driver_cursor(connection) as cursor:
            cursor.executemany(plan.sql, [_parameters(plan, values) for values in given])


class AcrossSandboxes(Generic[Row]):
    """Reads rows without being kept within a sandbox: for finding and locking the sandbox itself."""

    def __init__(self, row: type[Row], statement: Select[*tuple[Any, ...]]) -> None:
        self.row = row
        self.statement = statement
        self._plans: dict[str, _Plan] = {}

    def one_or_none(self, connection: Connection, values: Values) -> Row | None:
        """The first row; the statement promises that there is at most one."""
        plan = _plan(self._plans, self.statement, connection, row=self.row)
        row = _execute(connection, plan, values).fetchone()
        return None if row is None else _row(self.row, plan, row)

    def all(self, connection: Connection, values: Values) -> list[Row]:
        """The rows."""
        plan = _plan(self._plans, self.statement, connection, row=self.row)
        return [_row(self.row, plan, row) for row in _execute(connection, plan, values).fetchall()]


class WriteAcrossSandboxes:
    """Writes without being kept within a sandbox: for making and removing the sandbox itself."""

    def __init__(self, statement: Insert | Update | Delete) -> None:
        self.statement = statement.inline() if isinstance(statement, Insert) else statement
        self._plans: dict[str, _Plan] = {}

    def run(self, connection: Connection, values: Values) -> int:
        """The number of rows written; values of an insert must be of the same columns each time."""
        columns = values if isinstance(self.statement, Insert) else None
        plan = _plan(self._plans, self.statement, connection, values=columns)
        return int(_execute(connection, plan, values).rowcount)


@contextmanager
def driver_cursor(connection: Connection) -> Iterator[Any]:
    """A cursor of the driver, for statements that name their sandbox themselves; raises SQLAlchemy's errors."""
    driver: Any = connection.connection.dbapi_connection
    cursor = driver.cursor()
    try:
        yield cursor
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_raised(connection, None, error) from error
    finally:
        cursor.close()


def columns_of(row: type[Row], model: type[SandboxRow]) -> tuple[InstrumentedAttribute[Any], ...]:
    """The columns of a model that the fields of a row class name, in their order."""
    fields: tuple[str, ...] = vars(row)["_fields"]
    return tuple(getattr(model, field) for field in fields if hasattr(model, field))


class _Plan(NamedTuple):
    """A statement compiled for one kind of database."""

    sql: str
    names: tuple[str, ...]
    binds: tuple[tuple[str, _Process], ...]
    constants: Values
    positional: bool
    results: tuple[tuple[int, _Process], ...]


def _require_fields(row: type[tuple[Any, ...]], statement: Select[*tuple[Any, ...]]) -> None:
    """Raise TypeError where the fields of the row class are not the columns of the statement."""
    fields: tuple[str, ...] = vars(row)["_fields"]
    columns = tuple(column.key for column in statement.selected_columns)
    if fields != columns:
        raise TypeError(f"{row.__name__} has the fields {fields}, its statement the columns {columns}")


def _execute(connection: Connection, plan: _Plan, values: Values) -> Any:
    driver: Any = connection.connection.dbapi_connection
    try:
        return driver.execute(plan.sql, _parameters(plan, values))
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_raised(connection, plan.sql, error) from error


def _parameters(plan: _Plan, values: Values) -> Any:
    """The values as the driver takes them."""
    given = {**plan.constants, **values}
    for name, process in plan.binds:
        given[name] = process(given[name])
    return [given[name] for name in plan.names] if plan.positional else given


def _as_raised(connection: Connection, sql: str | None, error: Exception) -> BaseException:
    """The driver's error as SQLAlchemy raises it."""
    kind = connection.dialect.loaded_dbapi.Error
    return DBAPIError.instance(sql, None, error, kind, dialect=connection.dialect)


def _plan(
    plans: dict[str, _Plan],
    statement: Select[*tuple[Any, ...]] | Update | Delete | Insert,
    connection: Connection,
    *,
    row: type[tuple[Any, ...]] | None = None,
    values: Values | None = None,
) -> _Plan:
    """The statement as the database of the connection wants it; at first its columns are compared with its row."""
    plan = plans.get(connection.dialect.name)
    if plan is None:
        if row is not None and isinstance(statement, Select):
            _require_fields(row, statement)
        plan = plans[connection.dialect.name] = _compile(statement, connection.dialect, values)
    return plan


def _compile(
    statement: Select[*tuple[Any, ...]] | Update | Delete | Insert, dialect: Dialect, values: Values | None
) -> _Plan:
    compiled: Any = statement.compile(dialect=dialect, column_keys=None if values is None else list(values))
    defaults = {} if values is None else {column.key: column.default.arg for column in compiled.insert_prefetch}
    fixed = {name: bind.effective_value for name, bind in compiled.binds.items() if not bind.required}
    columns = list(getattr(statement, "selected_columns", ()))
    binds = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in compiled.binds.items()}
    results = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
    return _Plan(
        sql=str(compiled),
        names=tuple(compiled.positiontup or ()),
        binds=tuple((name, process) for name, process in binds.items() if process is not None),
        constants=fixed | defaults,
        positional=bool(compiled.positional),
        results=tuple((number, process) for number, process in enumerate(results) if process is not None),
    )


def _row(kind: type[Row], plan: _Plan, stored: Sequence[Any]) -> Row:
    if plan.results:
        values = list(stored)
        for number, process in plan.results:
            values[number] = process(values[number])
        stored = values
    return tuple.__new__(kind, stored)
