"""A merger moves memberships, raises no role, and can be undone by support."""

from dataclasses import replace

import pytest

from logindrill.rules.decisions import Refused
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.memberships import MembershipFacts
from logindrill.rules.merging import (
    MergePerson,
    MergePlan,
    judge,
    judge_release,
    judge_restore,
    plan,
)
from logindrill.rules.reasons import INVALID_TRANSITION, NOT_FOUND, OWN_ACCOUNT, Reason

CARL = MergePerson("carl", UserStatus.ACTIVE, is_customer_here=True)
CARLA = MergePerson("carla", UserStatus.ACTIVE, is_customer_here=True)


def test_two_customers_of_a_company_can_be_merged() -> None:
    assert judge("paul", CARL, CARLA)
    assert judge("paul", replace(CARL, status=UserStatus.DEACTIVATED), CARLA)


def test_a_merger_done_already_is_done() -> None:
    assert not judge("paul", replace(CARL, status=UserStatus.MERGED, merged_into="carla"), CARLA)


@pytest.mark.parametrize(
    ("merged", "survivor", "reason"),
    [
        (replace(CARL, id="paul"), CARLA, OWN_ACCOUNT),
        (replace(CARL, is_customer_here=False), CARLA, NOT_FOUND),
        (CARL, replace(CARLA, is_customer_here=False), NOT_FOUND),
        (replace(CARL, status=UserStatus.INVITED), CARLA, INVALID_TRANSITION),
        (replace(CARL, status=UserStatus.MERGED, merged_into="cleo"), CARLA, INVALID_TRANSITION),
        (CARL, CARL, INVALID_TRANSITION),
        (CARL, replace(CARLA, status=UserStatus.MERGED), INVALID_TRANSITION),
        (CARL, replace(CARLA, status=UserStatus.DEACTIVATED), INVALID_TRANSITION),
    ],
)
def test_why_two_cannot_be_merged_is_told(merged: MergePerson, survivor: MergePerson, reason: Reason) -> None:
    with pytest.raises(Refused) as refusal:
        judge("paul", merged, survivor)
    assert refusal.value.reason is reason


def test_memberships_move_unless_the_survivor_has_one_there() -> None:
    carl = [MembershipFacts("north", "customer"), MembershipFacts("south", "customer")]
    assert plan(carl, [MembershipFacts("north", "customer")]) == MergePlan(moving=("south",), sleeping=("north",))


def test_a_merger_hands_on_no_role_above_customer() -> None:
    carl = [MembershipFacts("north", "customer"), MembershipFacts("south", "professional")]
    assert plan(carl, [MembershipFacts("north", "customer")]).moving == ()


def test_a_restored_account_needs_something_to_sign_in_with() -> None:
    assert judge_restore(UserStatus.MERGED, username_free=True, main_address_free=False)
    assert not judge_restore(UserStatus.ACTIVE, username_free=False, main_address_free=False)
    with pytest.raises(Refused) as refusal:
        judge_restore(UserStatus.MERGED, username_free=False, main_address_free=False)
    assert refusal.value.reason is INVALID_TRANSITION


@pytest.mark.parametrize("status", [UserStatus.ACTIVE, UserStatus.INVITED])
def test_only_a_merged_or_deactivated_account_releases_its_address(status: UserStatus) -> None:
    judge_release(UserStatus.MERGED)
    judge_release(UserStatus.DEACTIVATED)
    with pytest.raises(Refused) as refusal:
        judge_release(status)
    assert refusal.value.reason is INVALID_TRANSITION
