"""Refused staff actions: who may not do what to whom (A25), and what needs fresh proof."""

from typing import Any

from logindrill.rules.reasons import LAST_OWNER, MISSING_PERMISSION, OWN_ACCOUNT, REAUTHENTICATION_REQUIRED
from logindrill.scenarios.actors import ADMIN, COLLEAGUE, OWNER, PERSON, SECOND_PASSWORD
from logindrill.scenarios.scenario import Cast, Scenario, Symptom
from logindrill.scenarios.step import ASKED_FOR_FACTOR, Seen
from logindrill.scenarios.verbs.account import removes_second_factor
from logindrill.scenarios.verbs.entering import enters_second_password, opens, signs_in
from logindrill.scenarios.verbs.second_factor import signs_in_with_second_password
from logindrill.scenarios.verbs.staff import assigns_role, deactivates, removes_membership
from logindrill.scenarios.verbs.tester import waits

_HARBOUR, _QUAY = "co_harbour", "co_quay"
_LEAVES = "leaves the company"


def _in(company: str, role: str) -> dict[str, Any]:
    return {"company": company, "role": role}


SCENARIOS = (
    Scenario(
        name="member-cannot-deactivate",
        preset="business-chat",
        rules=("A25",),
        symptom=Symptom.ACTION_UNAVAILABLE,
        story="Ben, who is not an admin, tries to deactivate Bea.",
        scene=(signs_in(),),
        tries=(deactivates(PERSON, whom=COLLEAGUE, seen=Seen(403, "forbidden")),),
        cause=MISSING_PERMISSION,
        remedy="ask_permitted",
        cure=(deactivates(ADMIN, whom=COLLEAGUE),),
        after=(opens(),),
    ),
    Scenario(
        name="no-longer-an-admin",
        preset="business-chat",
        rules=("A25", "rule-1"),
        symptom=Symptom.ACTION_UNAVAILABLE,
        story="Ben was an admin this morning and could deactivate people. Olive has made him a member since.",
        cast=Cast(person={"memberships": [_in(_HARBOUR, "admin")]}),
        scene=(signs_in(), assigns_role(OWNER, "member", whom=PERSON)),
        tries=(deactivates(PERSON, whom=COLLEAGUE, seen=Seen(403, "forbidden")),),
        cause=MISSING_PERMISSION,
        remedy="ask_permitted",
        cure=(assigns_role(OWNER, "admin", whom=PERSON),),
        after=(deactivates(PERSON, whom=COLLEAGUE),),
    ),
    Scenario(
        name="cannot-deactivate-oneself",
        preset="business-chat",
        rules=("A25",),
        symptom=Symptom.ACTION_UNAVAILABLE,
        story="Ben is an admin who goes on leave, and wants to deactivate his own account.",
        cast=Cast(person={"memberships": [_in(_HARBOUR, "admin")]}),
        scene=(signs_in(),),
        tries=(deactivates(PERSON, seen=Seen(409, "own_account")),),
        cause=OWN_ACCOUNT,
        remedy="ask_other_admin",
        cure=(deactivates(ADMIN),),
        after=(signs_in().answered(403, "account_deactivated"),),
    ),
    Scenario(
        name="last-owner-stays",
        preset="business-chat",
        rules=("A25",),
        symptom=Symptom.ACTION_UNAVAILABLE,
        story="Ben took over the company from Olive, is its only owner now, and wants to leave it.",
        cast=Cast(person={"memberships": [_in(_HARBOUR, "owner"), _in(_QUAY, "member")]}),
        scene=(signs_in(), assigns_role(PERSON, "admin", whom=OWNER)),
        tries=(removes_membership(PERSON, words=_LEAVES, seen=Seen(409, "last_owner")),),
        cause=LAST_OWNER,
        remedy="appoint_owner",
        cure=(assigns_role(PERSON, "owner", whom=ADMIN), removes_membership(PERSON, words=_LEAVES)),
        after=(signs_in(how="to the other company", company=_QUAY),),
    ),
    Scenario(
        name="second-factor-cannot-be-removed",
        preset="business-chat",
        rules=("A18", "A19"),
        symptom=Symptom.ACTION_UNAVAILABLE,
        story="Ben wants to remove his second password, long after he last typed it.",
        cast=Cast(person={"second_factor": {"method": "second_password", "second_password": SECOND_PASSWORD}}),
        scene=(*signs_in_with_second_password(), waits("PT10M", "10 minutes")),
        tries=(removes_second_factor(seen=Seen(403, "reauthentication_required")),),
        cause=REAUTHENTICATION_REQUIRED,
        remedy="prove_again",
        cure=(
            signs_in(how="and asks for the second factor", ask_second_factor=True, seen=ASKED_FOR_FACTOR),
            enters_second_password(SECOND_PASSWORD),
            removes_second_factor(),
        ),
        after=(signs_in(),),
    ),
)
