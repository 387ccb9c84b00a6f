from collections.abc import Iterator

import pytest
from flask import Flask

from logindrill.rules.decisions import Refused
from logindrill.services import deactivations, people, users
from logindrill.web import tester
from logindrill.web.tester import ImpersonatedPerson
from logindrill.work.runtime import Runtime
from tests.support.people import COMPANY, OTHER_COMPANY, person
from tests.support.scenes import Scene, a_sandbox
from tests.support.tester import look

ADA = ImpersonatedPerson("usr_ada", COMPANY)


@pytest.fixture(autouse=True)
def call(app: Flask) -> Iterator[None]:
    """Some call of a tester's: its answer is to tell the time."""
    with app.test_request_context():
        yield


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash", "owner"), person("Ben Birch"))


def test_whoever_is_acted_for_decides_what_may_be_done(runtime: Runtime, scene: Scene) -> None:
    with pytest.raises(Refused) as refused:
        tester.act_for(runtime, scene.id, ImpersonatedPerson("usr_ben", COMPANY), deactivations.deactivate, "usr_ada")
    assert refused.value.reason.code == "missing_permission"
    tester.act_for(runtime, scene.id, ADA, deactivations.deactivate, "usr_ben")
    assert look(scene, people.show, "usr_ben").status == "deactivated"


def test_the_session_is_over_afterwards_also_when_it_was_refused(runtime: Runtime, scene: Scene) -> None:
    tester.act_for(runtime, scene.id, ADA, users.assign_role, "usr_ben", "admin")
    with pytest.raises(Refused):
        tester.act_for(runtime, scene.id, ADA, deactivations.deactivate, "usr_ada")
    assert [row.ended_at is not None for row in scene.sessions()] == [True, True]


def test_a_session_that_ended_itself_is_no_trouble(runtime: Runtime, scene: Scene) -> None:
    tester.act_for(runtime, scene.id, ADA, users.assign_role, "usr_ben", "owner")
    with tester.impersonating(runtime, scene.id, ADA):
        tester.act_for(runtime, scene.id, ImpersonatedPerson("usr_ben", COMPANY), deactivations.deactivate, "usr_ada")
    assert look(scene, people.show, "usr_ada").status == "deactivated"


def test_nobody_acts_for_a_stranger(runtime: Runtime, scene: Scene) -> None:
    for impersonation in (ImpersonatedPerson("usr_nobody", COMPANY), ImpersonatedPerson("usr_ada", OTHER_COMPANY)):
        with pytest.raises(Refused):
            tester.act_for(runtime, scene.id, impersonation, deactivations.deactivate, "usr_ben")


def test_acting_for_somebody_leaves_no_attempt(runtime: Runtime, scene: Scene) -> None:
    with pytest.raises(Refused):
        tester.act_for(runtime, scene.id, ADA, deactivations.deactivate, "usr_ada")
    assert list(scene.attempts()) == []
