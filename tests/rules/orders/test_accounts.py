"""Who may end, restore, merge and release an account, and how far an ending reaches."""

import pytest

from logindrill.rules.lifecycle import MembershipAccess, UserStatus
from logindrill.rules.orders import ActorFacts, Order, SubjectFacts, judge
from logindrill.rules.orders.accounts import Scope, judge_survivor, scope
from logindrill.rules.reasons import (
    INVALID_TRANSITION,
    LAST_OWNER,
    MISSING_PERMISSION,
    MORE_THAN_ONE_COMPANY,
    NOT_FOUND,
    NOT_OFFERED,
    OWN_ACCOUNT,
    Reason,
)
from logindrill.rules.roles import RoleName
from logindrill.rules.values import replace
from tests.rules.orders.giving import ADA, MAX, OLGA, PAULA, SUE, facts, reason_of

CARL = SubjectFacts("carl", RoleName.CUSTOMER, roles=(RoleName.CUSTOMER,))
CARLA = SubjectFacts("carla", RoleName.CUSTOMER, roles=(RoleName.CUSTOMER,))
MERGED = replace(CARL, status=UserStatus.MERGED, merged_into="carla", merged_here=True)


@pytest.mark.rule("A25")
@pytest.mark.parametrize("order", [Order.DEACTIVATE, Order.DELETE])
@pytest.mark.parametrize(
    ("actor", "subject", "reason"),
    [
        (MAX, SubjectFacts("ada", RoleName.ADMIN), MISSING_PERMISSION),
        (MAX, SubjectFacts("max", RoleName.MEMBER), MISSING_PERMISSION),
        (ADA, SubjectFacts("olga", RoleName.OWNER, other_active_owners=1), MISSING_PERMISSION),
        (ADA, SubjectFacts("ada", RoleName.ADMIN), OWN_ACCOUNT),
        (OLGA, SubjectFacts("olga", RoleName.OWNER, other_active_owners=1), OWN_ACCOUNT),
        (OLGA, SubjectFacts("otto", RoleName.OWNER), LAST_OWNER),
    ],
)
def test_the_reason_why_somebody_may_not_revoke_access_is_named(
    order: Order, actor: ActorFacts, subject: SubjectFacts, reason: Reason
) -> None:
    assert reason_of(lambda: judge(order, facts(actor, subject))) is reason


def test_an_owner_ends_the_access_of_another_owner_while_one_remains() -> None:
    judge(Order.DELETE, facts(OLGA, SubjectFacts("otto", RoleName.OWNER, other_active_owners=1)))


def test_an_admin_ends_the_access_of_an_admin() -> None:
    judge(Order.DEACTIVATE, facts(ADA, SubjectFacts("abel", RoleName.ADMIN)))


@pytest.mark.rule("rule-2")
def test_an_invited_person_is_not_deactivated_but_deleted() -> None:
    invited = facts(OLGA, SubjectFacts("max", RoleName.MEMBER, UserStatus.INVITED))
    assert reason_of(lambda: judge(Order.DEACTIVATE, invited)) is INVALID_TRANSITION
    judge(Order.DELETE, invited)


def test_an_ending_reaches_one_company_unless_it_is_the_only_one_or_support_ends_it() -> None:
    customer = replace(CARL, memberships=2)
    assert scope(facts(OLGA, customer)) is Scope.MEMBERSHIP
    assert scope(facts(SUE, customer)) is Scope.ACCOUNT
    assert scope(facts(OLGA, SubjectFacts("max", RoleName.MEMBER))) is Scope.ACCOUNT


def test_support_deactivates_the_account_of_somebody_deactivated_in_one_company() -> None:
    here = replace(CARL, memberships=2, access=MembershipAccess.REVOKED, is_deactivated_here=True)
    invited = replace(here, status=UserStatus.INVITED)
    judge(Order.DEACTIVATE, facts(PAULA, invited))
    assert reason_of(lambda: judge(Order.DEACTIVATE, facts(SUE, invited))) is INVALID_TRANSITION


@pytest.mark.rule("S51")
def test_a_deactivated_account_without_identifier_does_not_come_back() -> None:
    nameless = replace(CARL, status=UserStatus.DEACTIVATED, has_identifier=False)
    assert reason_of(lambda: judge(Order.REACTIVATE, facts(SUE, nameless))) is INVALID_TRANSITION
    judge(Order.REACTIVATE, facts(SUE, replace(nameless, has_identifier=True)))


def test_two_customers_of_a_company_can_be_merged() -> None:
    assert judge_survivor(facts(PAULA, CARL), CARLA)
    assert judge_survivor(facts(PAULA, replace(CARL, status=UserStatus.DEACTIVATED)), CARLA)


def test_a_merger_done_already_is_done() -> None:
    assert not judge_survivor(facts(PAULA, MERGED), CARLA)


@pytest.mark.parametrize(
    ("merged", "survivor", "reason"),
    [
        (replace(CARL, id="paula"), CARLA, OWN_ACCOUNT),
        (replace(CARL, role=RoleName.PROFESSIONAL), CARLA, NOT_FOUND),
        (CARL, replace(CARLA, role=RoleName.PROFESSIONAL), NOT_FOUND),
        (replace(CARL, roles=(RoleName.CUSTOMER, RoleName.SUPPORT)), CARLA, MISSING_PERMISSION),
        (replace(CARL, status=UserStatus.INVITED), CARLA, INVALID_TRANSITION),
        (replace(MERGED, merged_into="cleo"), CARLA, INVALID_TRANSITION),
        (CARL, CARL, INVALID_TRANSITION),
        (CARL, replace(CARLA, status=UserStatus.MERGED), INVALID_TRANSITION),
        (CARL, replace(CARLA, status=UserStatus.DEACTIVATED), INVALID_TRANSITION),
    ],
)
def test_the_reason_why_two_cannot_be_merged_is_named(
    merged: SubjectFacts, survivor: SubjectFacts, reason: Reason
) -> None:
    assert reason_of(lambda: judge_survivor(facts(PAULA, merged), survivor)) is reason


@pytest.mark.rule("rule-3")
def test_a_customer_of_two_companies_is_merged_by_support_alone() -> None:
    both = replace(CARL, memberships=2, roles=(RoleName.CUSTOMER, RoleName.CUSTOMER))
    assert reason_of(lambda: judge_survivor(facts(PAULA, both), CARLA)) is MORE_THAN_ONE_COMPANY
    assert judge_survivor(facts(SUE, both), CARLA)
    assert judge_survivor(facts(PAULA, CARL), replace(CARLA, memberships=2)), "the survivor keeps what is theirs"


def test_a_restored_account_needs_something_to_sign_in_with() -> None:
    judge(Order.RESTORE, facts(SUE, MERGED))
    judge(Order.RESTORE, facts(SUE, replace(CARL, has_identifier=False)))
    nameless = replace(MERGED, has_identifier=False)
    assert reason_of(lambda: judge(Order.RESTORE, facts(SUE, nameless))) is INVALID_TRANSITION


@pytest.mark.parametrize("status", [UserStatus.ACTIVE, UserStatus.INVITED])
def test_only_a_merged_or_deactivated_account_releases_its_address(status: UserStatus) -> None:
    judge(Order.RELEASE_EMAIL, facts(SUE, MERGED))
    judge(Order.RELEASE_EMAIL, facts(SUE, replace(CARL, status=UserStatus.DEACTIVATED)))
    in_use = facts(SUE, replace(CARL, status=status))
    assert reason_of(lambda: judge(Order.RELEASE_EMAIL, in_use)) is INVALID_TRANSITION


def test_an_order_that_the_service_lacks_is_not_offered() -> None:
    lacking = replace(facts(SUE, MERGED), offer=replace(facts(SUE, MERGED).offer, flows=()))
    assert reason_of(lambda: judge(Order.RESTORE, lacking)) is NOT_OFFERED
