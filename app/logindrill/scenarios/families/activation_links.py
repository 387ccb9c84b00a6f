"""Invitation links that no longer work (A2)."""

from logindrill.rules.reasons import LINK_EXPIRED, LINK_SUPERSEDED, LINK_USED
from logindrill.scenarios.scenario import Cast, Scenario, Symptom
from logindrill.scenarios.verbs.entering import signs_in
from logindrill.scenarios.verbs.inbox import ACTIVATION, reads
from logindrill.scenarios.verbs.links import activates, opens_invitation
from logindrill.scenarios.verbs.staff import resends
from logindrill.scenarios.verbs.tester import waits

_INVITED = Cast(person={"status": "invited", "password": None})
_UNUSABLE = (410, "link_unusable")
_IN = (signs_in(password="{new_password}"),)

SCENARIOS = (
    Scenario(
        name="activation-link-superseded",
        preset="business-chat",
        rules=("A2",),
        symptom=Symptom.PAGE_REFUSED,
        story="Ben was invited twice and opens the link of the first mail.",
        cast=_INVITED,
        scene=(reads(ACTIVATION), resends()),
        tries=(opens_invitation(how="from the first mail").answered(*_UNUSABLE),),
        cause=LINK_SUPERSEDED,
        remedy="use_newest_link",
        cure=(reads(ACTIVATION), activates()),
        after=_IN,
    ),
    Scenario(
        name="activation-link-expired",
        preset="business-chat",
        rules=("A2",),
        symptom=Symptom.PAGE_REFUSED,
        story="Ben was on holiday and opens his invitation a week after it was sent.",
        cast=_INVITED,
        scene=(reads(ACTIVATION), waits("P7D", "7 days")),
        tries=(opens_invitation().answered(*_UNUSABLE),),
        cause=LINK_EXPIRED,
        remedy="resend_invitation",
        cure=(resends(), reads(ACTIVATION), activates()),
        after=_IN,
    ),
    Scenario(
        name="activation-link-opened-again",
        preset="business-chat",
        rules=("A2",),
        symptom=Symptom.PAGE_REFUSED,
        story="Ben activated his account, and opens the link again the next day instead of the sign-in page.",
        cast=_INVITED,
        scene=(reads(ACTIVATION), activates()),
        tries=(opens_invitation(how="again").answered(*_UNUSABLE),),
        cause=LINK_USED,
        remedy="sign_in_again",
        after=_IN,
    ),
)
