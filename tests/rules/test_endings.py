"""Who may end whose access, and how far that reaches."""

import pytest

from logindrill.rules.decisions import Refused
from logindrill.rules.endings import Actor, Scope, Subject, judge, judge_new_role, scope
from logindrill.rules.reasons import LAST_OWNER, MISSING_PERMISSION, OWN_ACCOUNT, Reason
from logindrill.rules.roles import Permission, Role

OLGA = Actor("olga", Role.OWNER, frozenset(Permission))
ADA = Actor("ada", Role.ADMIN, frozenset(Permission))
MAX = Actor("max", Role.MEMBER, frozenset())
SUE = Actor("sue", Role.SUPPORT, frozenset(Permission))


@pytest.mark.rule("A25")
@pytest.mark.parametrize(
    ("actor", "subject", "reason"),
    [
        (MAX, Subject("ada", Role.ADMIN), MISSING_PERMISSION),
        (MAX, Subject("max", Role.MEMBER), MISSING_PERMISSION),
        (ADA, Subject("olga", Role.OWNER, other_active_owners=1), MISSING_PERMISSION),
        (ADA, Subject("ada", Role.ADMIN), OWN_ACCOUNT),
        (OLGA, Subject("olga", Role.OWNER, other_active_owners=1), OWN_ACCOUNT),
        (OLGA, Subject("otto", Role.OWNER), LAST_OWNER),
    ],
)
def test_why_somebody_may_not_end_an_access_is_told(actor: Actor, subject: Subject, reason: Reason) -> None:
    with pytest.raises(Refused) as refusal:
        judge(actor, subject, Permission.USERS_DEACTIVATE)
    assert refusal.value.reason is reason


def test_an_owner_ends_the_access_of_another_owner_while_one_remains() -> None:
    judge(OLGA, Subject("otto", Role.OWNER, other_active_owners=1), Permission.USERS_DELETE)


def test_an_admin_ends_the_access_of_an_admin() -> None:
    judge(ADA, Subject("abel", Role.ADMIN), Permission.USERS_DEACTIVATE)


def test_nobody_grants_a_role_above_their_own() -> None:
    judge_new_role(ADA, Subject("max", Role.MEMBER), Role.ADMIN)
    with pytest.raises(Refused) as refusal:
        judge_new_role(ADA, Subject("max", Role.MEMBER), Role.OWNER)
    assert refusal.value.reason is MISSING_PERMISSION


def test_the_last_owner_cannot_be_demoted_but_may_stay_an_owner() -> None:
    otto = Subject("otto", Role.OWNER)
    judge_new_role(OLGA, otto, Role.OWNER)
    with pytest.raises(Refused) as refusal:
        judge_new_role(OLGA, otto, Role.MEMBER)
    assert refusal.value.reason is LAST_OWNER


def test_an_ending_reaches_one_company_unless_it_is_the_only_one_or_support_ends_it() -> None:
    customer = Subject("carl", Role.CUSTOMER, memberships=2)
    assert scope(OLGA, customer) is Scope.MEMBERSHIP
    assert scope(SUE, customer) is Scope.ACCOUNT
    assert scope(OLGA, Subject("max", Role.MEMBER)) is Scope.ACCOUNT
