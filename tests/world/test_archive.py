"""Everything of a sandbox is packed, and unpacking puts back just that."""

from sqlalchemy import inspect

from logindrill.models import Base
from logindrill.rules.disclosure import Call
from logindrill.services import password_resets
from logindrill.work.perform import attempt
from logindrill.work.runtime import Runtime
from logindrill.world import archive
from tests.support.people import address_of, person
from tests.support.scenes import Scene, a_sandbox


def content(scene: Scene) -> bytes:
    with scene.runtime.database.reading() as connection:
        return archive.pack(connection, scene.own_row().key)


def test_every_table_with_rows_of_sandboxes_is_packed_but_snapshots() -> None:
    owned = {table.name for table in Base.metadata.tables.values() if "sandbox_key" in table.c}
    assert {table.name for table in archive.tables()} == owned - {"snapshots"}


def test_referred_tables_come_before_those_that_refer_to_them() -> None:
    seen: set[str] = {"sandboxes"}
    for table in archive.tables():
        assert {key.column.table.name for key in table.foreign_keys} <= seen | {table.name}
        seen.add(table.name)


def test_unpacking_puts_back_what_was_packed(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"), person("Ben Birch", status="invited"))
    scene.signed_in("Ada Ash")
    packed = content(scene)
    attempt(scene.work("ask", Call.ASK), password_resets.request, address_of("Ada Ash"))
    with runtime.database.writing() as connection:
        archive.unpack(connection, scene.own_row().key, packed)
    assert content(scene) == packed


def test_the_order_of_rows_is_that_of_before(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash"))
    for name in ("b", "a", "c"):
        attempt(scene.work("ask", Call.ASK), password_resets.request, f"{name}@example.test")
    before = [message.recipient for message in scene.messages()]
    packed = content(scene)
    with runtime.database.writing() as connection:
        archive.unpack(connection, scene.own_row().key, packed)
    assert [message.recipient for message in scene.messages()] == before == [f"{n}@example.test" for n in "bac"]


def test_clearing_leaves_the_sandbox_itself_and_all_others(runtime: Runtime) -> None:
    one, other = a_sandbox(runtime, person("Ada Ash")), a_sandbox(runtime, person("Ada Ash"))
    kept = content(other)
    with runtime.database.writing() as connection:
        archive.clear(connection, one.own_row().key)
    assert one.own_row().id == one.id
    assert content(other) == kept


def test_the_schema_names_no_table_that_would_need_quoting(runtime: Runtime) -> None:
    with runtime.database.reading() as connection:
        assert all(name.isidentifier() for name in inspect(connection).get_table_names())
