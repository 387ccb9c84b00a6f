"""The three presets: their roles, values and words, pinned to the contract."""

from itertools import pairwise

import pytest

from logindrill.presets import PRESETS, Preset
from logindrill.rules.disclosure import PROBLEMS, problem
from logindrill.rules.policy import compose
from logindrill.rules.reasons import ACCESS_REVOKED, MERGED, WRONG_PASSWORD
from logindrill.rules.roles import Permission, may_act_on

MANAGES = "users.read users.invite users.edit users.deactivate users.delete users.sessions"
ROLES = {
    "business-chat": {
        "owner": f"{MANAGES} roles.assign diagnosis.read",
        "admin": f"{MANAGES} roles.assign diagnosis.read",
        "member": "",
    },
    "contact-portal": {"staff": f"{MANAGES} publications.publish diagnosis.read", "contact": ""},
    "customer-app": {
        "support": " ".join(Permission),
        "professional": "users.read users.invite users.edit users.merge access.revoke diagnosis.read",
        "customer": "",
    },
}
DIFFERING = {
    "business-chat": {"identifiers.case_sensitive": True, "devices.trust": "P30D"},
    "contact-portal": {"identifiers.case_sensitive": False, "devices.trust": "P365D"},
    "customer-app": {"identifiers.case_sensitive": False, "devices.trust": "P30D"},
}
every_preset = pytest.mark.parametrize("preset", PRESETS.values(), ids=list(PRESETS))


def test_the_roles_and_their_permissions_are_pinned() -> None:
    found = {p.name: {role.value: set(held) for role, held in p.roles.items()} for p in PRESETS.values()}
    assert found == {name: {role: set(held.split()) for role, held in roles.items()} for name, roles in ROLES.items()}


def test_the_values_in_which_the_presets_differ_are_pinned() -> None:
    assert {p.name: dict(p.policy) for p in PRESETS.values()} == DIFFERING


@every_preset
def test_a_preset_composes_to_a_policy(preset: Preset) -> None:
    compose(preset.policy, {})
    assert set(preset.wording) <= set(PROBLEMS)


@every_preset
def test_roles_stand_highest_first(preset: Preset) -> None:
    ranked = list(preset.roles)
    for higher, lower in pairwise(ranked):
        assert may_act_on(higher, lower)
        assert not may_act_on(lower, higher)


def test_the_first_person_is_one_who_can_invite() -> None:
    assert {p.name: p.first_role.value for p in PRESETS.values()} == {
        "business-chat": "owner",
        "contact-portal": "staff",
        "customer-app": "professional",
    }
    assert all(Permission.USERS_INVITE in p.roles[p.first_role] for p in PRESETS.values())


def test_what_each_preset_offers_is_pinned() -> None:
    assert {p.name: {flow.value for flow in p.offers} for p in PRESETS.values()} == {
        "business-chat": {"capabilities"},
        "contact-portal": {"confirmation_codes", "publications"},
        "customer-app": {
            "usernames",
            "secondary_addresses",
            "temporary_passwords",
            "mergers",
            "email_releases",
            "access_revocations",
            "memberships",
        },
    }


@pytest.mark.rule("C1", "C11")
def test_the_customer_app_says_the_exact_texts() -> None:
    preset = PRESETS["customer-app"]
    policy = compose(preset.policy, {})
    assert problem(WRONG_PASSWORD, policy, preset.wording).detail == "Invalid User / password"
    assert problem(MERGED, policy, preset.wording).detail == "Account disabled"
    assert problem(ACCESS_REVOKED, policy, preset.wording).detail == "Account disabled"


def test_contacts_alone_have_no_password() -> None:
    without = {p.name: {role.value for role in p.roles_without_password} for p in PRESETS.values()}
    assert without == {"business-chat": set(), "contact-portal": {"contact"}, "customer-app": set()}
