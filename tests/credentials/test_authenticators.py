"""Each step of an authenticator counts once, whoever else judged it good at the same time (S33)."""

from logindrill.credentials import authenticators
from logindrill.people import directory
from logindrill.work.runtime import Runtime
from tests.support.crowds import at_once
from tests.support.factors import with_authenticator
from tests.support.scenes import Scene, a_sandbox


def use(scene: Scene, step: int) -> bool:
    uow = scene.work()
    user = directory.account(uow, "usr_ada")
    with uow.writing():
        return authenticators.use_step(uow, user, step)


def test_a_step_is_used_once_and_none_before_it(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, with_authenticator("Ada Ash"))
    assert [use(scene, step) for step in (7, 7, 6, 8)] == [True, False, False, True]
    assert scene.user("usr_ada").totp_last_step == 8


def test_of_parallel_uses_of_a_step_one_succeeds(runtime: Runtime) -> None:
    scene = a_sandbox(runtime, with_authenticator("Ada Ash"))
    assert sorted(at_once(8, lambda _: use(scene, 7)), key=str) == [False] * 7 + [True]
