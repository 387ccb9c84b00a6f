"""Scenes that are set together, and what answers first."""

import pytest

from logindrill.scenarios.catalogue import find
from tests.support.pairs.order import answers_first, scene_of, tries_of


def scene(*names: str) -> list[str]:
    return [step.operation for step in scene_of([find(name) for name in names])]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("service-falters", "offline"),
        ("outdated-app", "locked-after-many-tries"),
        ("invalid-username", "locked-after-many-tries"),
        ("locked-after-many-tries", "secondary-address-sign-in"),
        ("wrong-case-email", "space-in-password"),
        ("mistyped-password", "deactivated"),
        ("deactivated-by-support", "access-revoked"),
        ("deactivated", "new-device-asks-second-factor"),
        ("behind-a-vpn", "older-code"),
        ("older-code", "not-published"),
        ("reset-while-deactivated", "reset-mail-in-spam"),
    ],
)
def test_the_checks_of_the_service_say_what_answers(first: str, then: str) -> None:
    assert answers_first(find(then), find(first)).name == first


def test_what_went_well_before_comes_first() -> None:
    assert scene("deactivated-by-support", "invalid-username") == ["sign_in", "advance_clock", "deactivate_user"]


def test_who_is_locked_out_has_done_everything_else_before() -> None:
    assert scene("locked-after-many-tries", "email-moved-to-secondary") == [
        "sign_in",
        "change_user",
        "advance_clock",
        *["sign_in"] * 3,
    ]


def test_where_the_client_is_comes_last() -> None:
    assert scene("stuck-on-hotspot", "deactivated-untold")[-1] == "begin_condition"
    assert scene("service-falters", "deactivated-untold")[-1] == "arm_fault"


def test_the_code_that_is_spoilt_is_the_one_that_is_entered() -> None:
    steps = tries_of([find("older-code"), find("behind-a-vpn")])
    assert steps[-len(find("older-code").tries) + 1 :] == find("older-code").tries[:-1]
