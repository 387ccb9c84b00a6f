"""What is a person's own stays theirs once they belong to two companies; everything else is the company's to order."""

import pytest

from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.orders import ActorFacts, Order, SubjectFacts, judge
from logindrill.rules.orders.people import judge_change
from logindrill.rules.reasons import INVALID_TRANSITION, MISSING_PERMISSION, MORE_THAN_ONE_COMPANY, OWN_ACCOUNT
from logindrill.rules.roles import RoleName
from logindrill.rules.values import replace
from tests.rules.orders.giving import ADA, OLGA, PAULA, SUE, facts, reason_of

CARL = SubjectFacts("carl", RoleName.CUSTOMER)
OF_TWO = replace(CARL, memberships=2)
OWN = (Order.UNLOCK, Order.REMOVE_FACTOR)
OF_THE_COMPANY = (
    Order.RESEND,
    Order.REVOKE_INVITATIONS,
    Order.END_SESSIONS,
    Order.PUBLISH,
    Order.DEACTIVATE,
    Order.REVOKE_ACCESS,
    Order.LEAVE,
)


@pytest.mark.rule("rule-3")
@pytest.mark.parametrize("order", OWN)
def test_what_is_the_persons_own_is_not_one_of_two_companies_to_change(order: Order) -> None:
    assert reason_of(lambda: judge(order, facts(PAULA, OF_TWO))) is MORE_THAN_ONE_COMPANY
    judge(order, facts(PAULA, CARL))
    judge(order, facts(SUE, OF_TWO))


@pytest.mark.rule("rule-3")
@pytest.mark.parametrize("field", ["name", "username", "emails", "phones"])
def test_no_field_of_theirs_is_either_but_for_the_consent(field: str) -> None:
    assert reason_of(lambda: judge_change(facts(PAULA, OF_TWO), {field})) is MORE_THAN_ONE_COMPANY
    judge_change(facts(PAULA, OF_TWO), {"opted_out"})
    judge_change(facts(PAULA, OF_TWO), ())
    judge_change(facts(SUE, OF_TWO), {field})
    judge_change(facts(replace(PAULA, id="carl"), replace(OF_TWO, role=RoleName.PROFESSIONAL)), {field})


@pytest.mark.rule("rule-3")
@pytest.mark.parametrize("order", OF_THE_COMPANY)
def test_what_is_the_companys_is_ordered_whatever_other_companies_there_are(order: Order) -> None:
    judge(order, facts(PAULA, OF_TWO))


@pytest.mark.rule("C10")
@pytest.mark.parametrize("actor", [PAULA, SUE])
def test_nobody_makes_a_temporary_password_for_a_customer_of_two_companies(actor: ActorFacts) -> None:
    judge(Order.MAKE_TEMPORARY_PASSWORD, facts(actor, CARL))
    reason = reason_of(lambda: judge(Order.MAKE_TEMPORARY_PASSWORD, facts(actor, OF_TWO)))
    assert (reason.code, reason.problem) == ("more_than_one_company", "temporary_password_unavailable")


def test_an_owner_of_another_company_is_a_member_like_any_other_in_this_one() -> None:
    fay = SubjectFacts("fay", RoleName.MEMBER, memberships=2, roles=(RoleName.MEMBER, RoleName.OWNER))
    judge(Order.DEACTIVATE, facts(ADA, fay))
    judge(Order.ASSIGN_ROLE, facts(ADA, fay))
    assert reason_of(lambda: judge(Order.UNLOCK, facts(ADA, fay))) is MORE_THAN_ONE_COMPANY


def test_an_admin_does_nothing_about_an_owner_of_the_same_company() -> None:
    otto = SubjectFacts("otto", RoleName.OWNER, other_active_owners=1)
    for order in (*OWN, Order.CHANGE, Order.END_SESSIONS, Order.REVOKE_INVITATIONS, Order.ASSIGN_ROLE):
        assert reason_of(lambda order=order: judge(order, facts(ADA, otto))) is MISSING_PERMISSION  # type: ignore[misc]


def test_nobody_removes_their_own_factor_as_staff() -> None:
    olga = SubjectFacts("olga", RoleName.OWNER)
    assert reason_of(lambda: judge(Order.REMOVE_FACTOR, facts(OLGA, olga))) is OWN_ACCOUNT
    judge(Order.UNLOCK, facts(OLGA, olga))


def test_an_active_member_is_not_invited_again() -> None:
    member = SubjectFacts("max", RoleName.MEMBER)
    assert reason_of(lambda: judge(Order.RESEND, facts(OLGA, member))) is INVALID_TRANSITION
    judge(Order.RESEND, facts(OLGA, replace(member, status=UserStatus.INVITED)))
