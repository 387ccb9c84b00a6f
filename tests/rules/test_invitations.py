"""Who may be invited, again or anew, and whether an invitation still stands."""

import pytest

from logindrill.rules.decisions import Refused
from logindrill.rules.invitations import (
    Holder,
    InvitationMethod,
    InvitationOutcome,
    InvitedFacts,
    Inviter,
    judge,
    judge_acceptance,
    judge_resend,
)
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.reasons import EMAIL_TAKEN, INVALID_TRANSITION, LINK_VOID, MORE_THAN_ONE_COMPANY
from logindrill.rules.roles import Permission, RoleName

ELSEWHERE = Holder(UserStatus.ACTIVE, as_main=True, belongs_to_company=False)
BY_EMAIL, BY_TEMPORARY_PASSWORD = InvitationMethod


def test_a_free_address_makes_a_new_account() -> None:
    assert judge(RoleName.MEMBER, None, None) is InvitationOutcome.NEW_ACCOUNT


@pytest.mark.rule("A1")
@pytest.mark.parametrize("status", UserStatus)
def test_a_taken_address_is_refused_whatever_its_state(status: UserStatus) -> None:
    with pytest.raises(Refused) as refusal:
        judge(RoleName.MEMBER, Holder(status, as_main=True, belongs_to_company=True), None)
    assert refusal.value.reason is EMAIL_TAKEN
    assert refusal.value.detail is None


@pytest.mark.parametrize("status", [UserStatus.ACTIVE, UserStatus.INVITED])
def test_a_customer_of_another_company_is_added_to_this_one(status: UserStatus) -> None:
    holder = Holder(status, as_main=True, belongs_to_company=False)
    assert judge(RoleName.CUSTOMER, holder, RoleName.CUSTOMER) is InvitationOutcome.ADDED_MEMBERSHIP


@pytest.mark.parametrize(
    ("role", "holder"),
    [
        (RoleName.PROFESSIONAL, ELSEWHERE),
        (RoleName.CUSTOMER, Holder(UserStatus.DEACTIVATED, as_main=True, belongs_to_company=False)),
        (RoleName.CUSTOMER, Holder(UserStatus.MERGED, as_main=True, belongs_to_company=False)),
        (RoleName.CUSTOMER, Holder(UserStatus.ACTIVE, as_main=False, belongs_to_company=False)),
        (RoleName.CUSTOMER, Holder(UserStatus.ACTIVE, as_main=True, belongs_to_company=True)),
    ],
)
def test_every_other_taken_address_is_taken_there_too(role: RoleName, holder: Holder) -> None:
    with pytest.raises(Refused) as refusal:
        judge(role, holder, RoleName.CUSTOMER)
    assert refusal.value.reason is EMAIL_TAKEN


@pytest.mark.parametrize("method", InvitationMethod)
def test_an_invited_person_and_an_active_customer_can_be_invited_again(method: InvitationMethod) -> None:
    judge_resend(InvitedFacts(UserStatus.INVITED, RoleName.PROFESSIONAL), method, RoleName.CUSTOMER)
    judge_resend(InvitedFacts(UserStatus.ACTIVE, RoleName.CUSTOMER), method, RoleName.CUSTOMER)


@pytest.mark.parametrize(
    ("invited", "role_of_second_company"),
    [
        (InvitedFacts(UserStatus.ACTIVE, RoleName.MEMBER), None),
        (InvitedFacts(UserStatus.ACTIVE, RoleName.PROFESSIONAL), RoleName.CUSTOMER),
        (InvitedFacts(UserStatus.DEACTIVATED, RoleName.CUSTOMER), RoleName.CUSTOMER),
        (InvitedFacts(UserStatus.MERGED, RoleName.CUSTOMER), RoleName.CUSTOMER),
        (InvitedFacts(UserStatus.ACTIVE, RoleName.CONTACT), None),
        (InvitedFacts(UserStatus.INVITED, RoleName.CONTACT), None),
    ],
)
def test_nobody_else_can_be_invited_again(invited: InvitedFacts, role_of_second_company: RoleName | None) -> None:
    with pytest.raises(Refused) as refusal:
        judge_resend(invited, BY_EMAIL, role_of_second_company)
    assert refusal.value.reason is INVALID_TRANSITION
    assert (
        refusal.value.detail
        == f"Somebody who has the role {invited.role} and is {invited.status} cannot be invited again."
    )


def test_a_temporary_password_is_not_to_be_had_in_two_companies_but_an_email_is() -> None:
    customer = InvitedFacts(UserStatus.ACTIVE, RoleName.CUSTOMER, memberships=2)
    judge_resend(customer, BY_EMAIL, RoleName.CUSTOMER)
    with pytest.raises(Refused) as refusal:
        judge_resend(customer, BY_TEMPORARY_PASSWORD, RoleName.CUSTOMER)
    assert refusal.value.reason.code == MORE_THAN_ONE_COMPANY.code


@pytest.mark.parametrize(
    ("inviter", "stands"),
    [
        (None, True),
        (Inviter(RoleName.ADMIN, {Permission.USERS_INVITE}), True),
        (Inviter(RoleName.MEMBER, {Permission.USERS_INVITE}), False),
        (Inviter(RoleName.ADMIN, frozenset()), False),
        (Inviter(RoleName.ADMIN, {Permission.USERS_INVITE}, UserStatus.DEACTIVATED), False),
    ],
)
def test_an_invitation_stands_while_it_could_be_given_today(inviter: Inviter | None, stands: bool) -> None:
    assert judge_acceptance(inviter, RoleName.ADMIN) is (None if stands else LINK_VOID)
