"""Statements of the hot paths, run on the driver's own cursor: the same values as through SQLAlchemy."""

import threading
from datetime import datetime, timedelta
from typing import NamedTuple

import pytest
from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from logindrill.models import Company, Event, Membership, Sandbox, User
from logindrill.rules.clocks import ClockMode
from logindrill.rules.lifecycle import UserStatus
from logindrill.work.runtime import Runtime
from logindrill.work.statements import AcrossSandboxes, PreparedInsert, PreparedSelect, PreparedWrite, columns_of
from tests.support.people import COMPANY, person
from tests.support.scenes import MORNING, Scene, a_sandbox


class SandboxName(NamedTuple):
    id: str
    clock_mode: ClockMode
    frozen_at: datetime | None
    ttl: timedelta | None
    seeded: bool


class Person(NamedTuple):
    id: str
    name: str
    status: UserStatus
    last_sign_in_at: datetime | None


class MembershipOfCompany(NamedTuple):
    user_id: str
    company_name: str | None


SANDBOX = AcrossSandboxes(
    SandboxName,
    select(Sandbox.id, Sandbox.clock_mode, Sandbox.frozen_at, Sandbox.ttl, Sandbox.seeded).where(
        Sandbox.id == bindparam("id")
    ),
)
PEOPLE = PreparedSelect(Person, select(*columns_of(Person, User)).order_by(User.key))
BY_ID = PreparedSelect(Person, select(*columns_of(Person, User)).where(User.id == bindparam("user")))
MEMBERSHIPS = PreparedSelect(
    MembershipOfCompany,
    select(Membership.user_id, Company.name.label("company_name"))
    .outerjoin(Company, Company.id == Membership.company_id)
    .order_by(Membership.key),
)
RENAME = PreparedWrite(update(Company).where(Company.id == bindparam("company")).values(name=bindparam("new_name")))
RENAME_ALL = PreparedWrite(update(Company).values(name=bindparam("new_name")))
ADD_EVENT = PreparedInsert(Event)


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"), person("Ben Birch", status="invited"), seed=7)


def an_event(scene: Scene, event_id: str = "evt_one") -> dict[str, object]:
    return {
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
    assert row == SandboxName(scene.id, ClockMode.FROZEN, MORNING, timedelta(days=1), seeded=True)
    assert row == SandboxName(*(getattr(scene.own_row(), name) for name in SandboxName._fields))


def test_rows_come_in_order_and_none_is_none(scene: Scene) -> None:
    uow = scene.work()
    assert PEOPLE.all(uow, {}) == [
        Person("usr_ada", "Ada Ash", UserStatus.ACTIVE, None),
        Person("usr_ben", "Ben Birch", UserStatus.INVITED, None),
    ]
    assert BY_ID.one(uow, {"user": "usr_ben"}).name == "Ben Birch"
    assert BY_ID.one_or_none(uow, {"user": "usr_nobody"}) is None
    with pytest.raises(LookupError):
        BY_ID.one(uow, {"user": "usr_nobody"})
    uow.release()


def test_a_write_says_how_many_rows_it_met(scene: Scene) -> None:
    uow = scene.work()
    with uow.writing():
        assert RENAME.run(uow, {"company": COMPANY, "new_name": "Harbour Shop"}) == 1
        assert RENAME.run(uow, {"company": "co_nowhere", "new_name": "Nothing"}) == 0
    assert next(row.name for row in scene.rows(Company)) == "Harbour Shop"


def test_an_insert_stores_every_type(scene: Scene) -> None:
    values = an_event(scene)
    uow = scene.work()
    with uow.writing():
        ADD_EVENT.run(uow, values)
    [row] = [row for row in scene.rows(Event) if row.id == "evt_one"]
    assert {name: getattr(row, name) for name in values} == values


def test_a_write_is_undone_with_its_transaction(scene: Scene) -> None:
    def write() -> None:
        uow = scene.work()
        with uow.writing():
            for event_id in ("evt_one", "evt_two", "evt_one"):
                ADD_EVENT.run(uow, an_event(scene, event_id))

    with pytest.raises(IntegrityError):
        write()
    assert scene.events() == []


def test_errors_of_the_driver_are_raised_as_by_sqlalchemy(scene: Scene) -> None:
    named = select(*columns_of(Person, User)).where(User.name == bindparam("name"), User.created_at == bindparam("at"))
    broken = PreparedSelect(Person, named)
    uow = scene.work()
    with pytest.raises(KeyError):
        broken.all(uow, {"name": "Ada Ash"})
    with pytest.raises((DBAPIError, UnicodeEncodeError)):
        broken.all(uow, {"name": "\ud800", "at": MORNING})
    uow.release()


def test_the_fields_of_a_row_are_the_columns_of_its_statement(scene: Scene) -> None:
    uow = scene.work()
    for statement in (select(User.id, User.name), select(User.name, User.id, User.status, User.last_sign_in_at)):
        with pytest.raises(TypeError, match="Person has the fields"):
            PreparedSelect(Person, statement).all(uow, {})
    uow.release()


def test_a_statement_that_names_no_sandbox_meets_its_own_alone(runtime: Runtime, scene: Scene) -> None:
    other = a_sandbox(runtime, person("Cleo Cedar", "owner"))
    uow = other.work()
    assert [row.id for row in PEOPLE.all(uow, {})] == ["usr_cleo"]
    assert [(row.user_id, row.company_name) for row in MEMBERSHIPS.all(uow, {})] == [("usr_cleo", "Harbour Books")]
    assert BY_ID.one_or_none(uow, {"user": "usr_ada"}) is None
    with uow.writing():
        assert RENAME_ALL.run(uow, {"new_name": "Taken"}) == len(other.rows(Company))
        ADD_EVENT.run(uow, an_event(other))
    assert {row.name for row in other.rows(Company)} == {"Taken"}
    assert "Taken" not in {row.name for row in scene.rows(Company)}
    assert (len(other.events()), len(scene.events())) == (1, 0)


@pytest.mark.parametrize("hostile", ["'; DROP TABLE users; --", "%(id)s", "?", ":id", '"', "\\", "%"])
def test_a_value_is_never_read_as_a_statement(scene: Scene, hostile: str) -> None:
    uow = scene.work()
    with uow.writing():
        RENAME.run(uow, {"company": COMPANY, "new_name": hostile})
    assert next(row.name for row in scene.rows(Company)) == hostile
    with scene.runtime.database.reading() as connection:
        assert SANDBOX.one_or_none(connection, {"id": hostile}) is None


def test_many_threads_share_one_statement(scene: Scene) -> None:
    found: list[str] = []

    def look() -> None:
        for _ in range(20):
            with scene.runtime.database.reading() as connection:
                row = SANDBOX.one_or_none(connection, {"id": scene.id})
                found.append("" if row is None else row.id)

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [scene.id] * 120
