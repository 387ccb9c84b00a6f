"""A temporary password is used up by one conditional write; an ended one is recognised with what ended it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from logindrill.credentials import temporary_passwords
from logindrill.credentials.temporary_passwords import DrawnPassword
from logindrill.models import TemporaryPassword
from logindrill.people import directory
from logindrill.rules.passwords import PasswordMatch
from logindrill.rules.temporary_passwords import TemporaryPasswordState
from logindrill.work.runtime import Runtime
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox
from tests.support.tester import look, run_order


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Carl Crab", "customer"), preset="customer-app")


def issued(scene: Scene) -> DrawnPassword:
    drawn = look(scene, temporary_passwords.draw)
    run_order(scene, temporary_passwords.issue, "usr_carl", drawn, issued_by="usr_paula")
    return drawn


def stored(scene: Scene) -> Sequence[Any]:
    return scene.rows(TemporaryPassword)


def test_it_is_used_up_once(scene: Scene) -> None:
    issued(scene)
    [row] = stored(scene)
    assert [run_order(scene, temporary_passwords.consume, row) for _ in range(2)] == [True, False]


def test_an_expired_one_is_not_used_up(scene: Scene) -> None:
    issued(scene)
    [row] = stored(scene)
    scene.wait(timedelta(days=7))
    assert not run_order(scene, temporary_passwords.consume, row)


def test_a_superseded_one_is_not_used_up(scene: Scene) -> None:
    issued(scene)
    issued(scene)
    older, newer = stored(scene)
    assert not run_order(scene, temporary_passwords.consume, older)
    assert run_order(scene, temporary_passwords.consume, newer)


def test_an_older_one_is_recognised_by_its_mark(scene: Scene) -> None:
    older = issued(scene)
    issued(scene)
    carl = look(scene, directory.account, "usr_carl")
    typed = look(scene, temporary_passwords.match, older.plain, carl, 1)
    assert (typed.password, typed.state) == (PasswordMatch.WRONG, TemporaryPasswordState.SUPERSEDED)


def test_a_mark_is_of_one_person_only(scene: Scene) -> None:
    marks = {look(scene, temporary_passwords.mark, user, "the same") for user in ("usr_carl", "usr_carla")}
    assert len(marks) == 2


def test_it_is_drawn_anew_each_time(scene: Scene) -> None:
    assert len({look(scene, temporary_passwords.draw).plain for _ in range(20)}) == 20
