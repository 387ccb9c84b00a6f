"""Merged accounts: two accounts of one customer become one, and the other is disabled (C11, C13, C14)."""

from logindrill.rules.reasons import MERGED, MISSING_PERMISSION, WRONG_PASSWORD
from logindrill.scenarios.actors import NEW_PASSWORD, PROFESSIONAL, SUPPORT
from logindrill.scenarios.scenario import Scenario, Symptom
from logindrill.scenarios.step import Seen
from logindrill.scenarios.verbs.entering import opens, signs_in
from logindrill.scenarios.verbs.inbox import ACTIVATION, reads
from logindrill.scenarios.verbs.links import activates, opens_invitation
from logindrill.scenarios.verbs.staff import invites, merges, releases_address, resends, restores_merged

_ANSWER = (403, "account_disabled")
_ACTIVATES = (reads(ACTIVATION), opens_invitation(), activates())
_RESTORES = (restores_merged(SUPPORT), resends(PROFESSIONAL), *_ACTIVATES)
_FORBIDDEN = restores_merged(PROFESSIONAL, seen=Seen(403, "forbidden"))
_AS_SURVIVOR = signs_in(
    how="with the other account", identifier="{survivor.identifier}", password="{survivor.password}"
)

SCENARIOS = (
    Scenario(
        name="merged-account",
        preset="customer-app",
        rules=("C11", "C13"),
        symptom=Symptom.ERROR_TEXT,
        story="Paul merged Cleo's account into another one. He cannot undo that. Support can, and Cleo then "
        "needs a new password.",
        scene=(signs_in(), merges()),
        tries=(signs_in().answered(*_ANSWER),),
        cause=MERGED,
        remedy="restore_merged",
        cure=(_FORBIDDEN, *_RESTORES),
        after=(signs_in(password=NEW_PASSWORD),),
    ),
    Scenario(
        name="restored-without-a-password",
        preset="customer-app",
        rules=("C13",),
        symptom=Symptom.ERROR_TEXT,
        story="Support undid the merge of Cleo's account. Her old password no longer works, and nobody invited her.",
        scene=(signs_in(), merges(), restores_merged(SUPPORT)),
        tries=(signs_in().answered(401, "invalid_credentials"),),
        cause=WRONG_PASSWORD,
        remedy="resend_by_email",
        cure=(resends(PROFESSIONAL), *_ACTIVATES),
        after=(signs_in(password=NEW_PASSWORD),),
    ),
    Scenario(
        name="merged-into-the-other-account",
        preset="customer-app",
        rules=("C11",),
        symptom=Symptom.ERROR_TEXT,
        story="Cleo had two accounts, and Paul merged them. She signs in with the account that was merged.",
        scene=(merges(),),
        tries=(signs_in().answered(*_ANSWER),),
        cause=MERGED,
        remedy="use_survivor",
        after=(_AS_SURVIVOR,),
    ),
    Scenario(
        name="merged-email-released",
        preset="customer-app",
        rules=("C11", "C14"),
        symptom=Symptom.ERROR_TEXT,
        story="Cleo's account was merged by mistake. Support releases her address, and Paul makes her a new account.",
        scene=(merges(),),
        tries=(signs_in(how="with the e-mail address", identifier="{person.email}").answered(*_ANSWER),),
        cause=MERGED,
        remedy="release_email",
        cure=(releases_address(), invites(PROFESSIONAL), *_ACTIVATES),
        after=(signs_in(how="with the e-mail address", identifier="{person.email}", password=NEW_PASSWORD),),
    ),
    Scenario(
        name="merged-while-signed-in",
        preset="customer-app",
        rules=("C11",),
        symptom=Symptom.THROWN_OUT,
        story="Cleo is at work in her account when Paul merges it into another one.",
        scene=(signs_in(), merges()),
        tries=(opens().answered(401, "unauthenticated"),),
        cause=MERGED,
        remedy="use_survivor",
        after=(_AS_SURVIVOR, opens()),
    ),
    Scenario(
        name="professional-cannot-undo-a-merger",
        preset="customer-app",
        rules=("C13",),
        symptom=Symptom.ACTION_UNAVAILABLE,
        story="Paul wants to undo the merge of Cleo's account, but only support may do that.",
        scene=(merges(),),
        tries=(_FORBIDDEN,),
        cause=MISSING_PERMISSION,
        remedy="ask_permitted",
        cure=_RESTORES,
        after=(signs_in(password=NEW_PASSWORD),),
    ),
)
