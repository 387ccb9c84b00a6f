"""Statements of a unit of work: whatever they join and whatever their subqueries read is of its sandbox.

Two sandboxes hold people of the same ids, so that whatever is not kept apart is met twice.
"""

import pytest
from sqlalchemy import func
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import aliased

from logindrill.models import Company, EmailAddress, Membership, User
from logindrill.work.runtime import Runtime
from logindrill.work.unit_of_work import UnitOfWork
from tests.support.people import COMPANY, address_of, person
from tests.support.scenes import Scene, a_sandbox
from tests.support.tester import look, run_order


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"), person("Ben Birch"))


@pytest.fixture
def other(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"))


def test_a_model_is_read_from_one_sandbox(scene: Scene, other: Scene) -> None:
    def names(uow: UnitOfWork) -> list[str]:
        return list(uow.session.scalars(uow.select(User.name).order_by(User.key)))

    assert (look(scene, names), look(other, names)) == (["Ada Ash", "Ben Birch"], ["Ada Ash"])


def test_what_is_joined_is_of_the_same_sandbox(scene: Scene, other: Scene) -> None:
    def count(uow: UnitOfWork) -> int | None:
        joined = uow.select(func.count()).select_from(Membership).join(User, User.id == Membership.user_id)
        return uow.session.scalar(joined.outerjoin(Company, Company.id == Membership.company_id))

    assert (look(scene, count), look(other, count)) == (2, 1)


def test_an_alias_is_of_the_same_sandbox(scene: Scene, other: Scene) -> None:
    def pairs(uow: UnitOfWork) -> int:
        twin = aliased(User)
        return len(uow.session.execute(uow.select(User.id, twin.id).join(twin, twin.name == User.name)).all())

    assert (look(scene, pairs), look(other, pairs)) == (2, 1)


def test_a_subquery_reads_the_same_sandbox(scene: Scene, other: Scene) -> None:
    def holders(uow: UnitOfWork) -> list[str]:
        of_ben = uow.select(EmailAddress.user_id).where(EmailAddress.address == address_of("Ben Birch"))
        held = uow.select(EmailAddress.key).where(EmailAddress.user_id == User.id)
        known = uow.select(User.id).where(held.exists(), User.id.in_(of_ben) | (User.name == "Ada Ash"))
        return sorted(uow.session.scalars(known))

    assert (look(scene, holders), look(other, holders)) == (["usr_ada", "usr_ben"], ["usr_ada"])


def test_the_driver_s_connection_reads_the_same_sandbox(scene: Scene, other: Scene) -> None:
    def count(uow: UnitOfWork) -> int | None:
        return uow.connection.scalar(uow.select(func.count(User.key)))

    assert (look(scene, count), look(other, count)) == (2, 1)


def test_a_change_and_a_deletion_meet_one_sandbox(scene: Scene, other: Scene) -> None:
    def change(uow: UnitOfWork) -> None:
        uow.session.execute(uow.update(Company).values(name="Changed"))
        uow.connection.execute(uow.delete(EmailAddress))

    run_order(scene, change)
    assert {row.name for row in scene.rows(Company)} == {"Changed"}
    assert "Changed" not in {row.name for row in other.rows(Company)}
    assert (len(scene.rows(EmailAddress)), len(other.rows(EmailAddress))) == (0, 1)


def test_a_row_is_found_by_its_id_in_its_own_sandbox_alone(scene: Scene, other: Scene) -> None:
    def found(uow: UnitOfWork, user_id: str | None) -> int | None:
        user = uow.find(User, user_id)
        return None if user is None else user.sandbox_key

    assert look(scene, found, "usr_ada") == scene.user("usr_ada").sandbox_key
    assert look(other, found, "usr_ada") == other.user("usr_ada").sandbox_key
    assert look(other, found, "usr_ben") is None
    assert look(other, found, None) is None


def test_a_key_of_another_sandbox_leads_to_nothing(scene: Scene, other: Scene) -> None:
    def name(uow: UnitOfWork, key: int) -> str:
        return uow.get_one(User, key).name

    assert look(scene, name, scene.user("usr_ben").key) == "Ben Birch"
    with pytest.raises(NoResultFound):
        look(other, name, scene.user("usr_ben").key)


def test_an_added_row_is_of_the_sandbox(scene: Scene, other: Scene) -> None:
    def add(uow: UnitOfWork) -> None:
        uow.add(Company(id="co_new", name="New"), Company(id="co_newer", name="Newer"))

    run_order(other, add)
    assert {row.id for row in other.rows(Company)} - {row.id for row in scene.rows(Company)} == {"co_new", "co_newer"}
    assert COMPANY in {row.id for row in scene.rows(Company)}


def test_many_sandboxes_share_one_compiled_statement(scene: Scene, other: Scene) -> None:
    def texts(uow: UnitOfWork) -> tuple[object, ...]:
        statement = uow.select(User).where(User.id == "usr_ada")
        key = statement._generate_cache_key()
        assert key is not None
        return key.key

    assert look(scene, texts) == look(other, texts)
