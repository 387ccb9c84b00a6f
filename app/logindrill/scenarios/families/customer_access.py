"""A customer has lost access to one company, or to all (C12, overall rule 3)."""

from logindrill.rules.reasons import ACCESS_REVOKED, DEACTIVATED, DELETED, NOT_IN_COMPANY
from logindrill.scenarios.actors import NEW_PASSWORD, OTHER_PROFESSIONAL, PROFESSIONAL, SUPPORT
from logindrill.scenarios.scenario import Scenario, Symptom
from logindrill.scenarios.verbs.entering import opens, signs_in
from logindrill.scenarios.verbs.inbox import ACTIVATION, reads
from logindrill.scenarios.verbs.links import activates, opens_invitation
from logindrill.scenarios.verbs.staff import deactivates, deletes, invites, reactivates, restores_access, revokes_access

_HERE = signs_in(how="to the studio", company="{person.company}")
_ELSEWHERE = signs_in(how="to the other studio", company="{other_professional.company}")

SCENARIOS = (
    Scenario(
        name="access-revoked",
        preset="customer-app",
        rules=("C12",),
        symptom=Symptom.ERROR_TEXT,
        story="Cleo is a customer of two studios. Paul's revoked her access; the other one still lets her in.",
        scene=(invites(OTHER_PROFESSIONAL), revokes_access(), _ELSEWHERE),
        tries=(_HERE.answered(403, "account_disabled"),),
        cause=ACCESS_REVOKED,
        remedy="restore_access",
        cure=(restores_access(),),
        after=(_HERE,),
    ),
    Scenario(
        name="access-revoked-while-signed-in",
        preset="customer-app",
        rules=("C12",),
        symptom=Symptom.THROWN_OUT,
        story="Cleo is at work in her account when Paul revokes her access.",
        scene=(signs_in(), revokes_access()),
        tries=(opens().answered(401, "unauthenticated"),),
        cause=ACCESS_REVOKED,
        remedy="restore_access",
        cure=(restores_access(),),
        after=(signs_in(), opens()),
    ),
    Scenario(
        name="studio-of-somebody-else",
        preset="customer-app",
        rules=("C1",),
        symptom=Symptom.ERROR_TEXT,
        story="Cleo signs in to a studio whose customer she never was.",
        tries=(_ELSEWHERE.answered(401, "invalid_credentials"),),
        cause=NOT_IN_COMPANY,
        remedy="choose_other_company",
        after=(signs_in(),),
    ),
    Scenario(
        name="deactivated-by-support",
        preset="customer-app",
        rules=("A24", "A26"),
        symptom=Symptom.ERROR_TEXT,
        story="Support deactivated Cleo's account, in every studio at once.",
        scene=(deactivates(SUPPORT),),
        tries=(signs_in().answered(403, "account_deactivated"),),
        cause=DEACTIVATED,
        remedy="reactivate",
        cure=(reactivates(SUPPORT),),
        after=(signs_in(),),
    ),
    Scenario(
        name="deleted-by-support",
        preset="customer-app",
        rules=("A27", "C1"),
        symptom=Symptom.ERROR_TEXT,
        story="Support deleted Cleo's account, and she sees the same message as everybody who mistypes something.",
        scene=(deletes(SUPPORT),),
        tries=(signs_in().answered(401, "invalid_credentials"),),
        cause=DELETED,
        remedy="invite",
        cure=(invites(PROFESSIONAL), reads(ACTIVATION), opens_invitation(), activates()),
        after=(signs_in(how="with the e-mail address", identifier="{person.email}", password=NEW_PASSWORD),),
    ),
)
