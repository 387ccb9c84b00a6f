"""Roles of a company on a frozen sandbox: who may re-rank whom, and that an owner always stays (A25)."""

import pytest
from sqlalchemy import select, update

from logindrill.access import endings
from logindrill.models import Membership, Role
from logindrill.rules.decisions import Refused
from logindrill.services import users
from logindrill.work.perform import order, read
from logindrill.work.runtime import Runtime
from logindrill.world.document import PersonPart
from tests.services.staffing import a_company, call, why_refused
from tests.support.people import COMPANY, OTHER_COMPANY, belongs_to, person
from tests.support.scenes import Scene, a_sandbox


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_company(runtime)


def test_a_role_is_given_at_once(scene: Scene) -> None:
    cleo = scene.signed_in("Cleo Cedar")
    call(scene, "Ada Ash", users.assign_role, "usr_cleo", "admin")
    assert order(scene.work(token=cleo), users.show, "usr_ada").id == "usr_ada"
    call(scene, "Ada Ash", users.assign_role, "usr_cleo", "member")
    with pytest.raises(Refused):
        order(scene.work(token=cleo), users.show, "usr_ada")


@pytest.mark.rule("rule-1")
def test_permissions_of_a_role_are_a_row_and_act_at_once(scene: Scene) -> None:
    token = scene.signed_in("Ben Birch")
    key = scene.user("usr_ben").sandbox_key
    with scene.runtime.database.writing() as connection:
        connection.execute(update(Role).where(Role.sandbox_key == key, Role.name == "admin").values(permissions=[]))
    with pytest.raises(Refused):
        order(scene.work(token=token), users.show, "usr_cleo")


def test_a_role_already_held_is_no_event(scene: Scene) -> None:
    call(scene, "Ada Ash", users.assign_role, "usr_cleo", "member")
    assert scene.events()[-1].what == "sign_in"


def test_nobody_re_ranks_themselves(scene: Scene) -> None:
    assert why_refused(scene, "Ada Ash", users.assign_role, "usr_ada", "member")[0] == "own_account"


def test_an_admin_grants_no_role_above_their_own(scene: Scene) -> None:
    assert why_refused(scene, "Ben Birch", users.assign_role, "usr_cleo", "owner")[0] == "missing_permission"


def test_owners_re_rank_one_another_and_one_of_them_stays(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, person("Ada Ash", "owner"), person("Ben Birch", "owner"))
    call(scene, "Ada Ash", users.assign_role, "usr_ben", "admin")
    assert why_refused(scene, "Ben Birch", users.assign_role, "usr_ada", "admin")[0] == "missing_permission"
    assert why_refused(scene, "Ada Ash", users.assign_role, "usr_ada", "admin")[0] == "own_account"


@pytest.mark.parametrize(
    ("other", "remain"),
    [
        (person("Ben Birch", "owner"), 1),
        (person("Ben Birch", "owner", status="deactivated"), 0),
        (person("Ben Birch", "owner", status="invited"), 0),
        (person("Ben Birch", "owner", company=OTHER_COMPANY), 0),
        (person("Ben Birch", memberships=[belongs_to(COMPANY, "owner", access="revoked", cause="deactivated")]), 0),
        (person("Ben Birch", "admin"), 0),
    ],
    ids=["active", "deactivated", "invited", "of another company", "deactivated there", "an admin"],
)
def test_only_active_owners_of_the_company_count_as_owners_who_remain(
    runtime: Runtime, other: PersonPart, remain: int
) -> None:
    scene = a_sandbox(runtime, person("Ada Ash", "owner"), other)
    uow = scene.work()
    of_ada = select(Membership).where(Membership.sandbox_key == uow.sandbox_key, Membership.user_id == "usr_ada")
    membership = uow.session.scalars(of_ada).one()
    assert read(uow, endings.other_owners, membership) == remain
