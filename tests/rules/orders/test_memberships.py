"""Who may give which role, add to a company and take out of it."""

from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.orders import Order, SubjectFacts, judge
from logindrill.rules.orders.memberships import judge_new_role
from logindrill.rules.reasons import INVALID_TRANSITION, LAST_OWNER, MISSING_PERMISSION
from logindrill.rules.roles import RoleName
from logindrill.rules.values import replace
from tests.rules.orders.giving import ADA, OLGA, PAULA, SUE, facts, reason_of

MEG = SubjectFacts("meg", RoleName.MEMBER)
OTTO = SubjectFacts("otto", RoleName.OWNER)
CARL = SubjectFacts("carl", RoleName.CUSTOMER)


def test_nobody_grants_a_role_above_their_own() -> None:
    judge_new_role(facts(ADA, MEG), RoleName.ADMIN)
    assert reason_of(lambda: judge_new_role(facts(ADA, MEG), RoleName.OWNER)) is MISSING_PERMISSION


def test_the_last_owner_cannot_be_demoted_but_may_stay_an_owner() -> None:
    judge_new_role(facts(OLGA, OTTO), RoleName.OWNER)
    assert reason_of(lambda: judge_new_role(facts(OLGA, OTTO), RoleName.MEMBER)) is LAST_OWNER


def test_support_alone_adds_to_a_company_and_nobody_adds_a_merged_account() -> None:
    judge(Order.JOIN, facts(SUE, CARL))
    assert reason_of(lambda: judge(Order.JOIN, facts(PAULA, CARL))) is MISSING_PERMISSION
    merged = replace(CARL, status=UserStatus.MERGED)
    assert reason_of(lambda: judge(Order.JOIN, facts(SUE, merged))) is INVALID_TRANSITION


def test_the_last_membership_and_the_last_owner_stay() -> None:
    judge(Order.LEAVE, facts(OLGA, replace(MEG, memberships=2)))
    assert reason_of(lambda: judge(Order.LEAVE, facts(OLGA, MEG))) is INVALID_TRANSITION
    assert reason_of(lambda: judge(Order.LEAVE, facts(OLGA, replace(OTTO, memberships=2)))) is LAST_OWNER
