"""A role is a set of permissions; the ladder says whom they reach."""

import pytest

from logindrill.rules.decisions import Invalid, Refused
from logindrill.rules.reasons import LAST_OWNER, MISSING_PERMISSION, OWN_ACCOUNT
from logindrill.rules.roles import (
    Permission,
    RoleName,
    forbid_own_account,
    keep_an_owner,
    may_act_on,
    may_grant,
    parse_role,
    require,
    require_reach,
)


def test_the_permissions_are_pinned() -> None:
    assert set(Permission) == {
        "users.read",
        "users.invite",
        "users.edit",
        "users.deactivate",
        "users.delete",
        "users.sessions",
        "users.merge",
        "users.restore_merged",
        "users.release_email",
        "roles.assign",
        "access.revoke",
        "publications.publish",
        "diagnosis.read",
    }


@pytest.mark.parametrize(
    "ladder", [["owner", "admin", "member"], ["staff", "contact"], ["support", "professional", "customer"]]
)
def test_one_reaches_ones_own_rank_and_below(ladder: list[str]) -> None:
    for height, actor in enumerate(ladder):
        for depth, subject in enumerate(ladder):
            assert may_act_on(actor, subject) is (height <= depth)
            assert may_grant(actor, subject) is (height <= depth)


def test_an_admin_never_touches_an_owner() -> None:
    with pytest.raises(Refused) as refusal:
        require_reach(Permission.USERS_DEACTIVATE, "admin", "owner")
    assert refusal.value.reason is MISSING_PERMISSION
    assert refusal.value.permission == "users.deactivate"
    assert refusal.value.detail == "The role admin may not act on the role owner."


def test_a_refusal_names_the_permission_that_is_missing() -> None:
    with pytest.raises(Refused) as refusal:
        require(Permission.USERS_DEACTIVATE, frozenset())
    assert refusal.value.permission == "users.deactivate"
    require(Permission.USERS_READ, {"users.read"})


def test_nobody_ends_their_own_account() -> None:
    forbid_own_account("ann", "ben")
    with pytest.raises(Refused) as refusal:
        forbid_own_account("ann", "ann")
    assert refusal.value.reason is OWN_ACCOUNT


@pytest.mark.rule("S47")
def test_the_last_owner_stays() -> None:
    keep_an_owner("owner", 1)
    keep_an_owner("admin", 0)
    with pytest.raises(Refused) as refusal:
        keep_an_owner("owner", 0)
    assert refusal.value.reason is LAST_OWNER


def test_a_role_the_preset_lacks_is_no_role() -> None:
    assert parse_role("owner", ["owner", "admin"]) is RoleName.OWNER
    with pytest.raises(Invalid) as refusal:
        parse_role("customer", ["owner", "admin"])
    assert refusal.value.fields[0].field == "role"
