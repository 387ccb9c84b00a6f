"""People of several companies, and people who do not belong to the company (overall rule 3)."""

from logindrill.rules.reasons import DEACTIVATED, MEMBERSHIP_ENDED, NOT_IN_COMPANY
from logindrill.scenarios.actors import PROFESSIONAL
from logindrill.scenarios.scenario import Cast, Scenario, Symptom
from logindrill.scenarios.step import OTHER_BROWSER, Seen
from logindrill.scenarios.verbs.entering import opens, signs_in
from logindrill.scenarios.verbs.staff import deactivates, invites, reactivates, removes_membership

SCENARIOS = (
    Scenario(
        name="signed-in-to-the-wrong-company",
        preset="business-chat",
        rules=("rule-3",),
        symptom=Symptom.ERROR_TEXT,
        story="Ben uses a colleague's bookmark, which leads to the sign-in page of another company.",
        tries=(signs_in(how="to another company", company="co_quay").answered(401, "invalid_credentials"),),
        cause=NOT_IN_COMPANY,
        remedy="choose_other_company",
        after=(signs_in(company="{person.company}"),),
    ),
    Scenario(
        name="deactivated-in-one-company",
        preset="business-chat",
        rules=("A24", "rule-3"),
        symptom=Symptom.ERROR_TEXT,
        story="Ben works for two companies. One deactivates him. In the other, nothing should change for him.",
        cast=Cast(
            person={
                "memberships": [
                    {"company": "co_harbour", "role": "member"},
                    {"company": "co_quay", "role": "member"},
                ]
            }
        ),
        scene=(signs_in(how="to the other company", company="co_quay", device=OTHER_BROWSER), deactivates()),
        tries=(signs_in(how="to the first", company="{person.company}").answered(403, "account_deactivated"),),
        cause=DEACTIVATED,
        remedy="reactivate",
        cure=(opens(device=OTHER_BROWSER), reactivates()),
        after=(signs_in(company="{person.company}"),),
    ),
    Scenario(
        name="removed-by-one-professional",
        preset="customer-app",
        rules=("rule-3",),
        symptom=Symptom.THROWN_OUT,
        story="Cleo is a customer of two professionals. One of them removes her while she uses the app.",
        cast=Cast(
            person={
                "memberships": [
                    {"company": "co_north", "role": "customer"},
                    {"company": "co_south", "role": "customer"},
                ]
            }
        ),
        scene=(
            signs_in(),
            removes_membership(PROFESSIONAL, words="removes {person.first} from the company"),
        ),
        tries=(opens(seen=Seen(401, "unauthenticated")),),
        cause=MEMBERSHIP_ENDED,
        remedy="invite",
        cure=(invites(PROFESSIONAL),),
        after=(signs_in(company="{person.company}"), opens()),
    ),
)
