"""Every pair of state and step has its answer, and the forbidden ones say why."""

from itertools import product

import pytest

from logindrill.rules.decisions import Refused
from logindrill.rules.lifecycle import (
    MEMBERSHIP_TRANSITIONS,
    USER_TRANSITIONS,
    MembershipAccess,
    MembershipStep,
    UserStatus,
    UserStep,
    next_access,
    next_status,
)
from logindrill.rules.reasons import ACCESS_REVOKED, INVALID_TRANSITION, LINK_VOID, NOT_FOUND


@pytest.mark.rule("rule-2")
def test_the_table_of_users_covers_every_pair() -> None:
    assert set(USER_TRANSITIONS) == set(product(UserStatus, UserStep))


def test_the_table_of_memberships_covers_every_pair() -> None:
    assert set(MEMBERSHIP_TRANSITIONS) == set(product(MembershipAccess, MembershipStep))


@pytest.mark.parametrize(
    ("before", "step", "after"),
    [
        ("invited", "activate", "active"),
        ("active", "deactivate", "deactivated"),
        ("deactivated", "reactivate", "active"),
        ("active", "merge", "merged"),
        ("deactivated", "merge", "merged"),
        ("merged", "restore", "active"),
        ("invited", "delete", "deleted"),
        ("active", "delete", "deleted"),
        ("deactivated", "delete", "deleted"),
        ("merged", "delete", "deleted"),
    ],
)
def test_an_account_goes_its_way(before: str, step: str, after: str) -> None:
    assert next_status(UserStatus(before), UserStep(step)) is UserStatus(after)


@pytest.mark.rule("rule-2")
def test_no_other_step_changes_anything() -> None:
    moves = {
        (s.value, t.value)
        for (s, t), after in USER_TRANSITIONS.items()
        if isinstance(after, UserStatus) and after is not s
    }
    assert len(moves) == 10


@pytest.mark.parametrize("status", [UserStatus.DEACTIVATED, UserStatus.MERGED, UserStatus.DELETED])
def test_a_link_never_revives_an_account(status: UserStatus) -> None:
    with pytest.raises(Refused) as refusal:
        next_status(status, UserStep.ACTIVATE)
    assert refusal.value.reason is LINK_VOID


@pytest.mark.parametrize("step", [UserStep.DEACTIVATE, UserStep.MERGE])
def test_an_invited_person_is_neither_deactivated_nor_merged(step: UserStep) -> None:
    with pytest.raises(Refused) as refusal:
        next_status(UserStatus.INVITED, step)
    assert refusal.value.reason is INVALID_TRANSITION
    assert refusal.value.detail == f"An account that is invited cannot be {step.rstrip('e')}ed."


def test_a_merged_account_comes_back_only_by_being_restored() -> None:
    for step in (UserStep.DEACTIVATE, UserStep.REACTIVATE):
        with pytest.raises(Refused) as refusal:
            next_status(UserStatus.MERGED, step)
        assert refusal.value.reason is INVALID_TRANSITION


@pytest.mark.parametrize("step", [step for step in UserStep if step is not UserStep.ACTIVATE])
def test_a_deleted_account_is_not_there(step: UserStep) -> None:
    with pytest.raises(Refused) as refusal:
        next_status(UserStatus.DELETED, step)
    assert refusal.value.reason is NOT_FOUND


def test_a_revoked_membership_lets_nobody_enter_until_granted_again() -> None:
    revoked = next_access(MembershipAccess.GRANTED, MembershipStep.REVOKE)
    with pytest.raises(Refused) as refusal:
        next_access(revoked, MembershipStep.ENTER)
    assert refusal.value.reason is ACCESS_REVOKED
    assert next_access(revoked, MembershipStep.GRANT) is MembershipAccess.GRANTED
