"""A fault of tokens counts and falsifies only answers that it can falsify, and the attempt tells of it."""

from typing import Any

import pytest

from logindrill.access import circumstances
from logindrill.access.token_faults import trigger
from logindrill.rules.decisions import Invalid, Refused
from logindrill.rules.reasons import AUTHORIZATION_CODE_USED, TOKEN_FALSIFIED
from logindrill.rules.token_faults import TokenFault
from logindrill.services import faults
from logindrill.web.bodies import validated
from logindrill.work.perform import order
from logindrill.work.runtime import Runtime
from logindrill.work.unit_of_work import UnitOfWork
from logindrill.world.faults import FaultPart
from tests.support.people import person
from tests.support.scenes import Scene, a_sandbox


@pytest.fixture
def scene(runtime: Runtime) -> Scene:
    """A frozen sandbox with Ben."""
    return a_sandbox(runtime, person("Ben Birch"))


def arm(scene: Scene, token: str, **more: Any) -> None:
    order(scene.work(), faults.arm, FaultPart.model_validate({"effect": {"token": token}, **more}))


def counted(scene: Scene) -> list[tuple[int, int]]:
    return [(card.met, card.hits) for card in faults.page(scene.work(), after=None, limit=9).data]


def triggered(scene: Scene, operation: str, user: str | None = None) -> TokenFault | None:
    return trigger(scene.work(operation), operation, user)


def test_without_a_fault_nothing_is_falsified(scene: Scene) -> None:
    assert triggered(scene, "redeem_code") is None
    assert not scene.attempts()


def test_a_fault_falsifies_as_many_answers_as_it_was_armed_for(scene: Scene) -> None:
    arm(scene, "wrong_nonce", match={"operation": "redeem_code"}, skip=1)
    found = [triggered(scene, "redeem_code") for _ in range(3)]
    assert found == [None, TokenFault.WRONG_NONCE, None]
    assert counted(scene) == [(2, 1)]


def test_an_answer_that_it_cannot_falsify_does_not_count(scene: Scene) -> None:
    arm(scene, "wrong_nonce")
    arm(scene, "no_state")
    assert triggered(scene, "refresh_tokens") is None
    assert triggered(scene, "show_claims") is None
    assert triggered(scene, "authorize") is TokenFault.NO_STATE
    assert counted(scene) == [(0, 0), (1, 1)]


def test_a_fault_of_one_person_leaves_the_others_alone(scene: Scene) -> None:
    arm(scene, "expired", match={"user": "usr_ben"})
    assert triggered(scene, "redeem_code", "usr_ada") is None
    assert triggered(scene, "redeem_code", "usr_ben") is TokenFault.EXPIRED


def test_a_call_that_leaves_no_attempt_otherwise_leaves_one_that_tells_of_it(scene: Scene) -> None:
    arm(scene, "other_subject_at_userinfo")
    assert triggered(scene, "show_claims", "usr_ben") is TokenFault.OTHER_SUBJECT_AT_USERINFO
    (left,) = scene.attempts()
    assert (left.outcome, left.reason, left.user_id) == ("succeeded", TOKEN_FALSIFIED.code, "usr_ben")
    assert left.request["falsified"] == "other_subject_at_userinfo"


def _falsified_and_refused(uow: UnitOfWork) -> None:
    assert trigger(uow, "redeem_code", None) is TokenFault.EXPIRED
    raise Refused(AUTHORIZATION_CODE_USED)


def test_within_a_transaction_it_is_counted_only_if_that_is_committed(scene: Scene) -> None:
    arm(scene, "expired")
    work = scene.work("redeem_code")
    with pytest.raises(Refused):
        order(work, _falsified_and_refused)
    assert counted(scene) == [(0, 0)]


def test_a_fault_of_tokens_answers_no_call_and_one_that_answers_falsifies_none(scene: Scene) -> None:
    arm(scene, "expired")
    order(scene.work(), faults.arm, FaultPart.model_validate({"effect": {"status": 503}}))
    effect = circumstances.trigger_fault(scene.work("redeem_code"), None)
    assert effect is not None
    assert effect.status == 503
    assert triggered(scene, "redeem_code") is TokenFault.EXPIRED
    assert counted(scene) == [(1, 1), (1, 1)]


def test_a_fault_of_tokens_alone_leaves_the_call_as_it_is(scene: Scene) -> None:
    arm(scene, "expired")
    assert circumstances.trigger_fault(scene.work("redeem_code"), None) is None
    assert counted(scene) == [(0, 0)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"effect": {"token": "no_such_fault"}},
        {"effect": {"token": "expired", "status": 500}},
        {"effect": {"token": "expired", "latency": "PT1S"}},
        {"match": {"operation": "sign_in"}, "effect": {"token": "expired"}},
        {"match": {"operation": "redeem_code"}, "effect": {"token": "empty"}},
    ],
)
def test_what_can_never_happen_is_not_armed(wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        validated(FaultPart, wrong)
