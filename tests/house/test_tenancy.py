"""No statement forgets its sandbox, and no row a field: what is built by hand, past the unit of work, is found here."""

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from sqlalchemy import Dialect
from sqlalchemy.dialects import registry
from sqlalchemy.orm import Mapped

import logindrill
from logindrill.models import Base, SandboxRow
from logindrill.work.statements import AcrossSandboxes, PreparedSelect, PreparedWrite

TOP = Path(__file__).parents[2]
PACKAGE = TOP / "app" / "logindrill"

ACROSS_SANDBOXES = {
    "work/scope.py": "makes the statements of a sandbox",
    "work/statements.py": "prepares the statements of a sandbox",
    "work/sandbox.py": "finds and locks the sandbox itself",
    "work/database.py": "knows the schema, and no sandbox",
    "work/installation_keys.py": "reads and writes the keys of the installation",
    "work/postgresql_server.py": "limits how long a transaction waits for locks",
    "world/archive.py": "copies whole sandboxes, table by table",
    "world/differences.py": "puts rows of one sandbox back, table by table",
    "world/baseline.py": "writes the first snapshot of a fork, another sandbox",
    "world/slices.py": "reads, writes and removes whole sandboxes, slice by slice",
    "world/incarnations.py": "makes and hides sandboxes, and moves their snapshots",
    "world/sandbox_quota.py": "removes the oldest sandboxes",
    "access/strangers.py": "names the other sandbox that a session belongs to",
    "services/sandboxes.py": "makes and lists sandboxes",
    "services/sandbox_counts.py": "counts what is in many sandboxes",
    "services/snapshots.py": "copies a sandbox's own row into a fork",
}
"""The files that work on sandboxes instead of in one, and why."""

_BUILDERS = {"select", "update", "delete", "insert", "exists", "text", "union", "union_all"}
_PREPARED = {"PreparedSelect", "PreparedWrite"}
_PAST_THE_SCOPE = {"exec_driver_sql", "__table__"}
_DIALECTS = tuple(registry.load(name)() for name in ("sqlite.pysqlite", "postgresql.psycopg"))
_SANDBOX_TABLES = {model.__table__.name for model in SandboxRow.__subclasses__()}


def unscoped(source: str) -> list[str]:
    """What a file builds past the unit of work: each statement, table and row that need not be of its sandbox."""
    tree = ast.parse(source)
    imported = {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")
        for name in node.names
        if name.name in _BUILDERS
    }
    return sorted(set(_found(tree, imported, is_prepared=False)))


def _found(node: ast.AST, builders: set[str], *, is_prepared: bool) -> Iterator[str]:
    if isinstance(node, ast.Call):
        name = ast.unparse(node.func)
        if name in {"AcrossSandboxes", "driver_cursor"} or (name in builders and not is_prepared):
            yield f"line {node.lineno}: {name}(…)"
        if re.fullmatch(r".*\bsession\.(add|add_all|get|get_one|merge|query)", name) and not _is_of_sandbox_itself(
            node
        ):
            yield f"line {node.lineno}: {name}(…)"
        is_prepared = is_prepared or name in _PREPARED
    if isinstance(node, ast.Attribute) and node.attr in _PAST_THE_SCOPE:
        yield f"line {node.lineno}: {ast.unparse(node)}"
    for child in ast.iter_child_nodes(node):
        yield from _found(child, builders, is_prepared=is_prepared)


def _is_of_sandbox_itself(call: ast.Call) -> bool:
    return ast.unparse(call).endswith("session.get_one(Sandbox, uow.sandbox_key)")


def prepared() -> list[PreparedSelect[Any] | PreparedWrite | AcrossSandboxes[Any]]:
    """Every prepared statement of the package that reads, changes or deletes."""
    kinds = (PreparedSelect, PreparedWrite, AcrossSandboxes)
    names = [module.name for module in pkgutil.walk_packages(logindrill.__path__, "logindrill.")]
    modules = [importlib.import_module(name) for name in names if not name.endswith("__main__")]
    return [value for module in modules for value in vars(module).values() if isinstance(value, kinds)]


def uncovered(sql: str) -> set[str]:
    """The sandbox tables that a statement names without asking for their sandbox."""
    named = re.findall(r'\b(?:FROM|JOIN|UPDATE|,) "?(\w+)"?(?: AS (\w+))?', sql)
    tables = {alias or table for table, alias in named if table in _SANDBOX_TABLES}
    return {table for table in tables if not re.search(rf"\b{table}\.sandbox_key = (\?|%\()", sql)}


def test_no_statement_is_built_past_the_unit_of_work() -> None:
    sources = {str(path.relative_to(PACKAGE)): path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    found = {name: unscoped(source) for name, source in sources.items() if not name.startswith("models/")}
    assert {name: lines for name, lines in found.items() if lines and name not in ACROSS_SANDBOXES} == {}
    assert {name for name in ACROSS_SANDBOXES if not found[name]} == set(), "no longer an exception"


@pytest.mark.parametrize(
    "scrap",
    [
        "uow.session.scalars(select(Message).where(Message.user_id == user_id))",
        "uow.connection.execute(delete(Session))",
        "uow.session.execute(update(User).values(name=''))",
        "statement.where(exists().where(Membership.user_id == User.id))",
        "uow.connection.execute(uow.select(Link.__table__))",
        "uow.session.get_one(User, key)",
        "uow.session.add(Phone(user_id=user_id))",
        "uow.connection.exec_driver_sql('DELETE FROM sessions')",
        "FIND = AcrossSandboxes(Row, select(User.id))",
    ],
)
def test_the_sweep_finds_a_forgotten_sandbox(scrap: str) -> None:
    assert unscoped(f"from sqlalchemy import delete, exists, select, update\n{scrap}\n") != []


@pytest.mark.parametrize("dialect", _DIALECTS, ids=lambda dialect: str(dialect.name))
def test_every_prepared_statement_asks_for_the_sandbox_of_each_model(dialect: Dialect) -> None:
    statements = [one for one in prepared() if not isinstance(one, AcrossSandboxes)]
    assert len(statements) > 30
    assert {sql: missing for one in statements if (missing := uncovered(sql := _sql(one, dialect)))} == {}


def test_a_prepared_statement_without_its_sandbox_is_seen() -> None:
    assert uncovered("SELECT users.id FROM users WHERE users.id = ?") == {"users"}
    joined = "SELECT u.id FROM users AS u JOIN phones ON phones.user_id = u.id WHERE u.sandbox_key = ?"
    assert uncovered(joined) == {"phones"}
    assert uncovered("SELECT sandboxes.key FROM sandboxes WHERE sandboxes.id = ?") == set()


def test_the_fields_of_every_row_class_are_its_columns_by_name_and_type() -> None:
    stored = _stored_types()
    for one in prepared():
        if isinstance(one, PreparedWrite):
            continue
        columns = one.statement.selected_columns
        assert one.row._fields == tuple(column.key for column in columns), one.row
        hints = get_type_hints(one.row)
        for field, column in columns.items():
            table = str(getattr(column, "table", ""))
            held: Any = stored.get((table, field), hints[field])
            assert hints[field] in (held, held | None), f"{one.row.__name__}.{field}"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("directory.account(uow, 'usr_ada').nmae", '"UserRow" has no attribute "nmae"'),
        ("len(directory.account(uow, 'usr_ada').epoch)", 'Argument 1 to "len" has incompatible type "int"'),
        ("directory.find(uow, 'ada').id", 'Item "None" of "UserRow | None" has no attribute "id"'),
        ("devices.recognise(uow, 'usr_ada')", 'incompatible type "str"; expected "StoredUser | None"'),
        ("uow.session.scalars(uow.select(User)).one().nmae", '"User" has no attribute "nmae"'),
    ],
)
def test_the_type_checker_sees_a_mistyped_field(tmp_path: Path, line: str, complaint: str) -> None:
    scrap = tmp_path / "scrap.py"
    scrap.write_text(
        "from logindrill.credentials import devices\n"
        "from logindrill.models import User\n"
        "from logindrill.people import directory\n"
        "from logindrill.work.unit_of_work import UnitOfWork\n\n\n"
        f"def scrap(uow: UnitOfWork) -> None:\n    {line}\n"
        "    assert devices and User and directory\n"
    )
    command = [sys.executable, "-m", "mypy", "--config-file", str(TOP / "pyproject.toml"), str(scrap)]
    result = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=False)
    assert complaint in result.stdout, result.stdout + result.stderr


def _sql(one: PreparedSelect[Any] | PreparedWrite, dialect: Dialect) -> str:
    return " ".join(str(one.statement.compile(dialect=dialect)).split())


def _stored_types() -> dict[tuple[str, str], Any]:
    """What the models say that each column holds, but for documents."""
    return {
        (mapper.local_table.name, name): hint.__args__[0]  # type: ignore[attr-defined]
        for mapper in Base.registry.mappers
        for name, hint in get_type_hints(mapper.class_).items()
        if getattr(hint, "__origin__", None) is Mapped and hint.__args__[0] is not Any
    }
