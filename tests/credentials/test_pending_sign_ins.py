"""Sign-ins that wait, as rows: found for their own step only, and used up once (S28)."""

from typing import Any

import pytest

from logindrill.credentials import pending_sign_ins
from logindrill.people import directory
from logindrill.rules.decisions import Refused
from logindrill.work.runtime import Runtime
from tests.support.crowds import at_once
from tests.support.factors import MINUTE, pending
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox

FACTOR, PASSWORD = pending_sign_ins.SECOND_FACTOR, pending_sign_ins.NEW_PASSWORD


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    return a_sandbox(runtime, person("Ada Ash"))


def issue(scene: Scene, needs: str = FACTOR) -> str:
    uow = scene.work()
    with uow.writing():
        user = directory.account(uow, "usr_ada")
        [membership] = directory.memberships_of(uow, "usr_ada")
        return pending_sign_ins.issue(uow, user, membership, needs=needs)


def consume(scene: Scene, row: Any) -> bool:
    uow = scene.work()
    with uow.writing():
        return pending_sign_ins.consume(uow, row)


def inspect(scene: Scene, sign_in_id: str, needs: str) -> str:
    """`waiting`, or the reason why not."""
    uow = scene.work()
    try:
        pending_sign_ins.inspect(uow, sign_in_id, needs=needs)
    except Refused as refused:
        return refused.reason.code
    finally:
        uow.release()
    return "waiting"


def test_a_sign_in_is_used_up_once(scene: Scene) -> None:
    issue(scene)
    [row] = pending(scene)
    assert [consume(scene, row), consume(scene, row)] == [True, False]


def test_of_parallel_uses_one_succeeds(scene: Scene) -> None:
    issue(scene)
    [row] = pending(scene)
    assert sorted(at_once(8, lambda _: consume(scene, row)), key=str) == [False] * 7 + [True]


def test_a_sign_in_is_used_in_its_time_only(scene: Scene) -> None:
    issue(scene)
    [row] = pending(scene)
    scene.wait(10 * MINUTE)
    assert not consume(scene, row)


@pytest.mark.parametrize(("needs", "other"), [(FACTOR, PASSWORD), (PASSWORD, FACTOR)])
def test_a_sign_in_opens_the_step_it_waits_for_and_no_other(scene: Scene, needs: str, other: str) -> None:
    sign_in_id = issue(scene, needs)
    assert inspect(scene, sign_in_id, needs) == "waiting"
    assert inspect(scene, sign_in_id, other) == "sign_in_unknown"


def test_it_bears_as_many_wrong_entries_as_the_policy_says(scene: Scene) -> None:
    sign_in_id = issue(scene)
    row: Any = pending(scene)[0]
    uow = scene.work()
    with uow.counting():
        counted = [pending_sign_ins.count(uow, row) for _ in range(6)]
    assert counted == [row.key] * 5 + [None]
    with uow.writing():
        pending_sign_ins.end_if_guessed(uow, row)
    assert inspect(scene, sign_in_id, FACTOR) == "sign_in_void"
