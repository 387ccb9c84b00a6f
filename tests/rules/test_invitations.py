"""Who may be invited, again or anew, and whether an invitation still stands."""

import pytest

from logindrill.rules.decisions import Refused
from logindrill.rules.invitations import (
    Holder,
    InvitationMethod,
    InvitationOutcome,
    Invited,
    Inviter,
    judge,
    judge_acceptance,
    judge_resend,
)
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.reasons import EMAIL_TAKEN, INVALID_TRANSITION, LINK_VOID, MORE_THAN_ONE_COMPANY
from logindrill.rules.roles import Permission, Role

ELSEWHERE = Holder(UserStatus.ACTIVE, as_main=True, belongs_to_company=False)
BY_EMAIL, BY_TEMPORARY_PASSWORD = InvitationMethod


def test_a_free_address_makes_a_new_account() -> None:
    assert judge(Role.MEMBER, None, None) is InvitationOutcome.NEW_ACCOUNT


@pytest.mark.rule("A1")
@pytest.mark.parametrize("status", UserStatus)
def test_a_taken_address_is_refused_whatever_its_state(status: UserStatus) -> None:
    with pytest.raises(Refused) as refusal:
        judge(Role.MEMBER, Holder(status, as_main=True, belongs_to_company=True), None)
    assert refusal.value.reason is EMAIL_TAKEN
    assert refusal.value.detail is None


@pytest.mark.parametrize("status", [UserStatus.ACTIVE, UserStatus.INVITED])
def test_a_customer_of_another_company_is_added_to_this_one(status: UserStatus) -> None:
    holder = Holder(status, as_main=True, belongs_to_company=False)
    assert judge(Role.CUSTOMER, holder, Role.CUSTOMER) is InvitationOutcome.ADDED_MEMBERSHIP


@pytest.mark.parametrize(
    ("role", "holder"),
    [
        (Role.PROFESSIONAL, ELSEWHERE),
        (Role.CUSTOMER, Holder(UserStatus.DEACTIVATED, as_main=True, belongs_to_company=False)),
        (Role.CUSTOMER, Holder(UserStatus.MERGED, as_main=True, belongs_to_company=False)),
        (Role.CUSTOMER, Holder(UserStatus.ACTIVE, as_main=False, belongs_to_company=False)),
        (Role.CUSTOMER, Holder(UserStatus.ACTIVE, as_main=True, belongs_to_company=True)),
    ],
)
def test_every_other_taken_address_is_taken_there_too(role: Role, holder: Holder) -> None:
    with pytest.raises(Refused) as refusal:
        judge(role, holder, Role.CUSTOMER)
    assert refusal.value.reason is EMAIL_TAKEN


@pytest.mark.parametrize("method", InvitationMethod)
def test_an_invited_person_and_an_active_customer_can_be_invited_again(method: InvitationMethod) -> None:
    judge_resend(Invited(UserStatus.INVITED, Role.PROFESSIONAL), method, Role.CUSTOMER)
    judge_resend(Invited(UserStatus.ACTIVE, Role.CUSTOMER), method, Role.CUSTOMER)


@pytest.mark.parametrize(
    ("invited", "role_of_second_company"),
    [
        (Invited(UserStatus.ACTIVE, Role.MEMBER), None),
        (Invited(UserStatus.ACTIVE, Role.PROFESSIONAL), Role.CUSTOMER),
        (Invited(UserStatus.DEACTIVATED, Role.CUSTOMER), Role.CUSTOMER),
        (Invited(UserStatus.MERGED, Role.CUSTOMER), Role.CUSTOMER),
        (Invited(UserStatus.ACTIVE, Role.CONTACT), None),
        (Invited(UserStatus.INVITED, Role.CONTACT), None),
    ],
)
def test_nobody_else_can_be_invited_again(invited: Invited, role_of_second_company: Role | None) -> None:
    with pytest.raises(Refused) as refusal:
        judge_resend(invited, BY_EMAIL, role_of_second_company)
    assert refusal.value.reason is INVALID_TRANSITION
    assert (
        refusal.value.detail
        == f"Somebody who has the role {invited.role} and is {invited.status} cannot be invited again."
    )


def test_a_temporary_password_is_not_to_be_had_in_two_companies_but_an_email_is() -> None:
    customer = Invited(UserStatus.ACTIVE, Role.CUSTOMER, memberships=2)
    judge_resend(customer, BY_EMAIL, Role.CUSTOMER)
    with pytest.raises(Refused) as refusal:
        judge_resend(customer, BY_TEMPORARY_PASSWORD, Role.CUSTOMER)
    assert refusal.value.reason.code == MORE_THAN_ONE_COMPANY.code


@pytest.mark.parametrize(
    ("inviter", "stands"),
    [
        (None, True),
        (Inviter(Role.ADMIN, {Permission.USERS_INVITE}), True),
        (Inviter(Role.MEMBER, {Permission.USERS_INVITE}), False),
        (Inviter(Role.ADMIN, frozenset()), False),
        (Inviter(Role.ADMIN, {Permission.USERS_INVITE}, UserStatus.DEACTIVATED), False),
    ],
)
def test_an_invitation_stands_while_it_could_be_given_today(inviter: Inviter | None, stands: bool) -> None:
    assert judge_acceptance(inviter, Role.ADMIN) is (None if stands else LINK_VOID)
