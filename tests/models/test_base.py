from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import delete, insert, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from logindrill.models import Base, Company, Membership, Sandbox, SandboxRow
from logindrill.services.sign_in import Admission
from logindrill.work.runtime import Runtime
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"), person("Ben Birch", status="invited"))


def stored(scene: Scene, moment: datetime) -> datetime | None:
    """A time after a journey through the database."""
    uow = scene.work()
    with uow.writing():
        sandbox = uow.session.scalar(select(Sandbox).where(Sandbox.id == scene.id))
        assert sandbox
        sandbox.frozen_at = moment
    found: datetime | None = scene.own_row().frozen_at
    return found


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 3, 2, 9, 0, 0, 1, tzinfo=UTC),
        datetime(2026, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
        datetime(1969, 7, 20, 20, 17, 40, 123_456, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
        datetime(2026, 3, 2, 9, 0, tzinfo=timezone(timedelta(hours=5, minutes=30))),
    ],
)
def test_a_time_comes_back_to_the_microsecond_and_in_utc(scene: Scene, moment: datetime) -> None:
    found = stored(scene, moment)
    assert found == moment
    assert found is not None
    assert found.tzinfo is UTC


def test_a_naive_time_is_refused(scene: Scene) -> None:
    with pytest.raises(StatementError, match="naive"):
        stored(scene, datetime(2026, 3, 2, 9, 0))  # noqa: DTZ001


@pytest.mark.parametrize(
    "document",
    [{}, [], {"a": [1, 2.5, None, True]}, {"ünïcode": "🙂 \n \\ \" '"}, [["check", False, "why"]], "text", 7],
)
def test_a_document_comes_back_as_it_was(scene: Scene, document: object) -> None:
    uow = scene.work()
    with uow.writing():
        sandbox = uow.session.scalar(select(Sandbox).where(Sandbox.id == scene.id))
        assert sandbox
        sandbox.made_from = document
    assert scene.own_row().made_from == document


def test_two_sandboxes_hold_rows_of_the_same_ids(runtime: Runtime) -> None:
    people = (person("Ada Ash", "owner"), person("Ben Birch", status="invited"))
    one, other = a_sandbox(runtime, *people), a_sandbox(runtime, *people)
    assert one.user("usr_ada").key != other.user("usr_ada").key
    assert isinstance(one.try_to_sign_in("ada@example.test", "Secret of ada"), Admission)


def test_an_id_is_unique_within_its_sandbox(scene: Scene) -> None:
    key = scene.user("usr_ada").sandbox_key
    with pytest.raises(IntegrityError), scene.runtime.database.writing() as connection:
        connection.execute(insert(Company).values(sandbox_key=key, id="co_harbour", name="A second one"))


def test_an_address_is_held_once_in_a_sandbox_by_its_canonical_form(scene: Scene) -> None:
    statement = text(
        "INSERT INTO email_addresses (sandbox_key, user_id, address, canonical, kind)"
        " VALUES (:key, 'usr_ben', 'ADA@example.test', 'ada@example.test', 'main')"
    )
    with pytest.raises(IntegrityError), scene.runtime.database.writing() as connection:
        connection.execute(statement, {"key": scene.user("usr_ada").sandbox_key})


def test_a_row_refers_to_people_of_its_own_sandbox_only(runtime: Runtime) -> None:
    theirs, ours = a_sandbox(runtime, person("Cleo Cedar")), a_sandbox(runtime, person("Ada Ash", "owner"))
    membership = theirs.rows(Membership)[0]._asdict() | {"key": None, "sandbox_key": ours.user("usr_ada").sandbox_key}
    del membership["key"]
    with pytest.raises(IntegrityError), runtime.database.writing() as connection:
        connection.execute(insert(Membership.__table__).values(**membership))


def test_everything_in_a_sandbox_goes_with_its_row(scene: Scene) -> None:
    scene.signed_in("Ada Ash")
    key = scene.user("usr_ada").sandbox_key
    with scene.runtime.database.writing() as connection:
        connection.execute(delete(Sandbox).where(Sandbox.key == key))
        left = {
            table.name
            for table in Base.metadata.sorted_tables
            if "sandbox_key" in table.c and connection.execute(select(table).where(table.c.sandbox_key == key)).first()
        }
    assert left == set()


def test_every_table_but_three_holds_rows_of_sandboxes() -> None:
    apart = {table.name for table in Base.metadata.sorted_tables if "sandbox_key" not in table.c}
    assert apart == {"installations", "sandboxes", "snapshot_pieces"}
    assert len(SandboxRow.__subclasses__()) == len(Base.metadata.sorted_tables) - len(apart)
