"""The lock of too many wrong passwords, lifted by whoever may edit the person (D14)."""

import pytest

from logindrill.rules.decisions import Refused
from logindrill.services import locks
from logindrill.work.perform import order
from logindrill.work.runtime import Runtime
from tests.support.factors import SECOND_PASSWORD, reason_of, waiting, with_second_password
from tests.support.people import OTHER_COMPANY, address_of, password_of, person
from tests.support.scenes import Scene, a_sandbox

pytestmark = pytest.mark.both_engines


def locked(runtime: Runtime) -> Scene:
    """Dora, locked after three wrong passwords, with people around her."""
    scene = a_sandbox(
        runtime,
        person("Ada Ash", "owner"),
        person("Ben Birch", "admin"),
        person("Dora Dale"),
        person("Gus Gorse", company=OTHER_COMPANY),
        with_second_password("Eve Elm"),
        policy={"throttling.enabled": True, "throttling.failures": 3, "codes.account_attempts": 3},
    )
    for _ in range(3):
        scene.try_to_sign_in(address_of("Dora Dale"), "wrong password")
    assert try_dora(scene) == "throttled"
    return scene


def try_dora(scene: Scene) -> str | None:
    outcome = scene.try_to_sign_in(address_of("Dora Dale"), password_of("Dora Dale"))
    return outcome.reason.code if isinstance(outcome, Refused) else None


def lift(scene: Scene, token: str, user_id: str) -> None:
    order(scene.work("lift_lock", token=token), locks.lift, user_id)


def test_an_admin_lifts_a_lock_at_once(runtime: Runtime) -> None:
    scene = locked(runtime)
    lift(scene, scene.signed_in("Ben Birch"), "usr_dora")
    event = scene.events()[-1]
    assert (event.what, event.actor, event.subject) == ("lock.lift", "usr_ben", "usr_dora")
    assert try_dora(scene) is None


def test_lifting_where_there_is_no_lock_is_no_event(runtime: Runtime) -> None:
    scene = locked(runtime)
    token = scene.signed_in("Ada Ash")
    before = len(scene.events())
    lift(scene, token, "usr_ben")
    assert len(scene.events()) == before
    assert try_dora(scene) == "throttled"


def test_too_many_wrong_codes_end_with_their_window_and_no_sooner(runtime: Runtime) -> None:
    scene = locked(runtime)
    for _ in range(3):
        reason_of(scene, waiting(scene, "Eve Elm"), second_password="wrong")
    lift(scene, scene.signed_in("Ada Ash"), "usr_eve")
    assert reason_of(scene, waiting(scene, "Eve Elm"), second_password=SECOND_PASSWORD) == "too_many_code_attempts"


@pytest.mark.parametrize(
    ("name", "user_id", "reason"),
    [
        ("Ben Birch", "usr_ada", "missing_permission"),
        ("Gus Gorse", "usr_ada", "missing_permission"),
        ("Ben Birch", "usr_gus", "not_found"),
        ("Ben Birch", "usr_nobody", "not_found"),
    ],
)
def test_a_lock_is_lifted_by_whom_it_may_be_only(runtime: Runtime, name: str, user_id: str, reason: str) -> None:
    scene = locked(runtime)
    with pytest.raises(Refused) as refused:
        lift(scene, scene.signed_in(name), user_id)
    assert refused.value.reason.code == reason
