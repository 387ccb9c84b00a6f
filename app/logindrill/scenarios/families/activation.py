"""Before the first sign-in: invitation, activation, and what goes wrong there (A1-A5)."""

from logindrill.rules.reasons import EMAIL_TAKEN, INVALID_TRANSITION, NOT_ACTIVATED, UNKNOWN_IDENTIFIER
from logindrill.rules.values import replace
from logindrill.scenarios.scenario import Cast, Scenario, Symptom
from logindrill.scenarios.step import Seen
from logindrill.scenarios.verbs.entering import opens, signs_in
from logindrill.scenarios.verbs.inbox import ACTIVATION, RESET, looks, reads
from logindrill.scenarios.verbs.links import activates, asks_for_reset, opens_invitation, sets_password
from logindrill.scenarios.verbs.staff import deactivates, invites, resends

_INVITED = Cast(person={"status": "invited", "password": None})
_ANSWER = (401, "invalid_credentials")
_OTHER_ADDRESS = "ben@private.example.test"
_NEW = "{new_password}"

SCENARIOS = (
    Scenario(
        name="first-sign-in",
        preset="business-chat",
        rules=("A1", "A2", "A3", "A4", "A5"),
        symptom=Symptom.NONE,
        story="Adam invites Ben, who follows the link in the mail, sets a password and signs in.",
        cast=Cast(is_new=True),
        tries=(
            invites(),
            reads(ACTIVATION),
            opens_invitation(),
            activates(),
            signs_in(password=_NEW),
            opens("/campaigns", operation="list_campaigns"),
        ),
    ),
    Scenario(
        name="not-activated-yet",
        preset="business-chat",
        rules=("A4",),
        symptom=Symptom.ERROR_TEXT,
        story="Ben was invited, never followed the link, and tries a password that he thinks he has. Asking for a new"
        " one brings no mail either.",
        cast=_INVITED,
        tries=(
            asks_for_reset(),
            looks(RESET, why="not_activated"),
            signs_in(how="without having followed the invitation", password=_NEW).answered(*_ANSWER),
        ),
        cause=NOT_ACTIVATED,
        remedy="follow_invitation",
        cure=(reads(ACTIVATION), activates()),
        after=(signs_in(password=_NEW),),
    ),
    Scenario(
        name="invited-under-another-address",
        preset="business-chat",
        rules=("A3",),
        symptom=Symptom.ERROR_TEXT,
        story="Ben was invited and activated under his company address, and signs in with his private one.",
        cast=_INVITED,
        scene=(reads(ACTIVATION), activates()),
        tries=(signs_in(how="with his private address", identifier=_OTHER_ADDRESS, password=_NEW).answered(*_ANSWER),),
        cause=UNKNOWN_IDENTIFIER,
        remedy="use_invited_address",
        after=(signs_in(password=_NEW),),
    ),
    Scenario(
        name="address-already-taken",
        preset="business-chat",
        rules=("A1",),
        symptom=Symptom.ACTION_UNAVAILABLE,
        story="Ben comes back to the company. Adam invites him under the address that his old, deactivated account"
        " still holds.",
        scene=(deactivates(),),
        tries=(invites().answered(409, "email_taken"),),
        cause=EMAIL_TAKEN,
        remedy="use_other_address",
        cure=(
            replace(
                invites(body={"emails": [{"address": _OTHER_ADDRESS}]}),
                do="{admin.first} invites {person.first} under another address; the old account is not revived",
            ),
        ),
        after=(
            signs_in(how="to the old account").answered(403, "account_deactivated"),
            reads(ACTIVATION, _OTHER_ADDRESS),
            activates(),
            signs_in(identifier=_OTHER_ADDRESS, password=_NEW),
        ),
    ),
    Scenario(
        name="invitation-resent-to-somebody-active",
        preset="business-chat",
        rules=("rule-2",),
        symptom=Symptom.ACTION_UNAVAILABLE,
        story="Ben activated his account long ago, has forgotten the password, and asks Adam for another invitation.",
        tries=(resends(seen=Seen(409, "invalid_transition")),),
        cause=INVALID_TRANSITION,
        remedy="take_other_step",
        cure=(asks_for_reset(), reads(RESET), sets_password()),
        after=(signs_in(password=_NEW),),
    ),
)
