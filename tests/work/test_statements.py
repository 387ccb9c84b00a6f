"""Statements of the hot paths, run on the driver's own cursor: the same values as through SQLAlchemy."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from logindrill.models import Company, Event, Sandbox, User
from logindrill.rules.clocks import ClockMode
from logindrill.work.runtime import Runtime
from logindrill.work.statements import Prepared
from tests.support.people import COMPANY, person
from tests.support.scenes import MORNING, Scene, a_sandbox

SANDBOX = Prepared(select(Sandbox.__table__).where(Sandbox.id == bindparam("id")))
USERS = Prepared(select(User.__table__).where(User.sandbox_key == bindparam("sandbox")).order_by(User.key))
RENAME = Prepared(
    update(Company.__table__)
    .where(Company.sandbox_key == bindparam("sandbox"), Company.id == bindparam("company"))
    .values(name=bindparam("new_name"))
)
ADD_EVENT = Prepared(insert(Event.__table__))


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"), person("Ben Birch", status="invited"), seed=7)


def an_event(scene: Scene, event_id: str = "evt_one") -> dict[str, object]:
    return {
        "sandbox_key": scene.user("usr_ada").sandbox_key,
        "id": event_id,
        "at": MORNING,
        "real_at": MORNING + timedelta(microseconds=1),
        "what": "ünïcode 🙂",
        "outcome": "done",
        "actor": None,
        "subject": "usr_ada",
        "attempt_id": None,
        "details": {"fields": ["name"]},
    }


def test_a_row_is_what_sqlalchemy_would_give(scene: Scene) -> None:
    with scene.runtime.database.reading() as connection:
        row = SANDBOX.one_or_none(connection, {"id": scene.id})
    assert row._asdict() == scene.own_row()._asdict()
    assert (row.clock_mode, row.frozen_at, row.ttl, row.seeded) == (
        ClockMode.FROZEN,
        MORNING,
        timedelta(days=1),
        True,
    )


def test_rows_come_in_order_and_none_is_none(scene: Scene) -> None:
    with scene.runtime.database.reading() as connection:
        rows = USERS.all(connection, {"sandbox": scene.user("usr_ada").sandbox_key})
        assert USERS.all(connection, {"sandbox": -1}) == []
        assert USERS.one_or_none(connection, {"sandbox": -1}) is None
    assert [(row.id, row.status, row.last_sign_in_at) for row in rows] == [
        ("usr_ada", "active", None),
        ("usr_ben", "invited", None),
    ]
    assert [row._asdict() for row in rows] == [row._asdict() for row in scene.rows(User)]


def test_a_write_says_how_many_rows_it_met(scene: Scene) -> None:
    key = scene.user("usr_ada").sandbox_key
    with scene.runtime.database.writing() as connection:
        assert RENAME.run(connection, {"sandbox": key, "company": COMPANY, "new_name": "Harbour Shop"}) == 1
        assert RENAME.run(connection, {"sandbox": key, "company": "co_nowhere", "new_name": "Nothing"}) == 0
    assert next(row.name for row in scene.rows(Company)) == "Harbour Shop"


def test_an_insert_stores_every_type(scene: Scene) -> None:
    values = an_event(scene)
    with scene.runtime.database.writing() as connection:
        ADD_EVENT.run(connection, values)
    [row] = [row for row in scene.rows(Event) if row.id == "evt_one"]
    assert {name: getattr(row, name) for name in values} == values


def test_a_write_is_undone_with_its_transaction(scene: Scene) -> None:
    def write() -> None:
        with scene.runtime.database.writing() as connection:
            for event_id in ("evt_one", "evt_two", "evt_one"):
                ADD_EVENT.run(connection, an_event(scene, event_id))

    with pytest.raises(IntegrityError):
        write()
    assert scene.events() == []


def test_trouble_is_told_as_sqlalchemy_tells_it(scene: Scene) -> None:
    broken = Prepared(select(User.key).where(User.name == bindparam("name"), User.created_at == bindparam("at")))
    with scene.runtime.database.reading() as connection:
        with pytest.raises(KeyError):
            broken.all(connection, {"name": "Ada Ash"})
        with pytest.raises((DBAPIError, UnicodeEncodeError)):
            broken.all(connection, {"name": "\ud800", "at": MORNING})


@pytest.mark.parametrize("hostile", ["'; DROP TABLE users; --", "%(id)s", "?", ":id", '"', "\\", "%"])
def test_a_value_is_never_read_as_a_statement(scene: Scene, hostile: str) -> None:
    key = scene.user("usr_ada").sandbox_key
    with scene.runtime.database.writing() as connection:
        RENAME.run(connection, {"sandbox": key, "company": COMPANY, "new_name": hostile})
    assert next(row.name for row in scene.rows(Company)) == hostile
    with scene.runtime.database.reading() as connection:
        assert SANDBOX.one_or_none(connection, {"id": hostile}) is None


def test_many_threads_share_one_statement(scene: Scene) -> None:
    found: list[str] = []

    def look() -> None:
        for _ in range(20):
            with scene.runtime.database.reading() as connection:
                found.append(SANDBOX.one_or_none(connection, {"id": scene.id}).id)

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [scene.id] * 120
