"""A sign-in that somebody else's act overtakes, after it read and before it writes, is judged by what is true then."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, update

from logindrill.models import Membership, User
from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import Call
from logindrill.services import password_resets, sandboxes
from logindrill.services.sign_in import Admission
from logindrill.work.perform import attempt, order
from logindrill.work.runtime import Runtime
from tests.support.meanwhile import while_hashing
from tests.support.people import OTHER_COMPANY, belongs_to, person
from tests.support.scenes import Scene, a_sandbox

pytestmark = pytest.mark.both_engines

NEW = "a brand new secret"


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"))


def reset(scene: Scene) -> Callable[[], object]:
    """Somebody resets Ada's password with a link asked for beforehand."""
    attempt(scene.work("ask", Call.ASK), password_resets.request, "ada@example.test")
    token = scene.newest_token("ada@example.test")
    return lambda: attempt(scene.work("reset", Call.LINK), password_resets.reset, token, NEW, NEW)


def write(scene: Scene, statement: Any) -> Callable[[], object]:
    def happens() -> None:
        with scene.runtime.database.writing() as connection:
            connection.execute(statement.where(statement.table.c.sandbox_key == scene.user("usr_ada").sandbox_key))

    return happens


def overtaken(scene: Scene, *happenings: Callable[[], object], password: str = "Secret of ada") -> Any:
    """What the sign-in comes to while these things happen; afterwards no session is left that should not be."""
    interrupted = Scene(while_hashing(scene.runtime, *happenings), scene.id)
    return interrupted.try_to_sign_in("ada@example.test", password)


def test_a_reset_between_reading_and_writing_shuts_the_old_password_out(scene: Scene) -> None:
    outcome = overtaken(scene, reset(scene))
    assert isinstance(outcome, Refused)
    assert outcome.reason.code == "wrong_password"
    assert scene.sessions() == []
    assert scene.user("usr_ada").last_sign_in_at is None
    assert [(row.operation, row.outcome) for row in scene.attempts()[-2:]] == [
        ("reset", "succeeded"),
        ("sign_in", "refused"),
    ]


@pytest.mark.parametrize("status", ["deactivated", "merged"])
def test_an_ended_account_lets_nobody_in_who_was_on_the_way(scene: Scene, status: str) -> None:
    outcome = overtaken(scene, write(scene, update(User.__table__).values(status=status, epoch=1)))
    assert isinstance(outcome, Refused)
    assert outcome.reason.code == status
    assert scene.sessions() == []


def test_a_membership_that_ended_lets_nobody_in_who_was_on_the_way(scene: Scene) -> None:
    outcome = overtaken(scene, write(scene, delete(Membership.__table__)))
    assert isinstance(outcome, Refused)
    assert outcome.reason.code == "not_in_company"
    assert scene.sessions() == []


def test_access_revoked_on_the_way_is_judged_again(runtime: Runtime) -> None:
    memberships = [belongs_to("co_harbour", "member"), belongs_to(OTHER_COMPANY, "member")]
    scene = a_sandbox(runtime, person("Ada Ash", memberships=memberships))
    revoked = update(Membership.__table__).values(access="revoked", cause="deactivated", epoch=1)
    outcome = overtaken(scene, write(scene, revoked.where(Membership.company_id == "co_harbour")))
    assert isinstance(outcome, Admission)
    assert outcome.session.company == OTHER_COMPANY


def test_a_sign_in_that_is_overtaken_again_and_again_is_judged_by_the_last(scene: Scene) -> None:
    changes = [write(scene, update(User.__table__).values(epoch=epoch)) for epoch in range(1, 6)]
    outcome = overtaken(scene, *changes)
    assert isinstance(outcome, Admission)
    assert scene.sessions()[-1].epoch == 5
    assert len(scene.sessions()) == len(scene.attempts()) == 1


def test_a_sandbox_that_is_reset_on_the_way_is_judged_as_it_is_afterwards(scene: Scene) -> None:
    outcome = overtaken(scene, lambda: order(scene.work("reset_sandbox"), sandboxes.reset))
    assert isinstance(outcome, Admission)
    assert scene.sessions()[-1].user_id == "usr_ada"
