"""A contact is asked for a code again or signed out: the contact's browser keeps no cookies (B6-B8)."""

from functools import partial

from logindrill.rules.reasons import (
    COOKIES_AUTO_DELETED,
    COOKIES_INCOGNITO,
    DEVICE_NOT_SENT,
    DEVICE_REVOKED,
    VISIT_ENDED,
)
from logindrill.scenarios.actors import STAFF
from logindrill.scenarios.scenario import Scenario, Symptom
from logindrill.scenarios.step import OTHER_BROWSER, SIGNED_IN
from logindrill.scenarios.verbs.codes import asks_for_code, confirms, reads_code
from logindrill.scenarios.verbs.entering import opens, signs_out
from logindrill.scenarios.verbs.staff import deactivates, reactivates
from logindrill.scenarios.verbs.tester import ends_condition, meets, waits

_asked_again = partial(Scenario, preset="contact-portal", symptom=Symptom.ASKED_FOR_CODE_AGAIN, remedy="keep_cookies")

_GETS_IN = (asks_for_code(), reads_code(), confirms())
_RECOGNISED = asks_for_code(how="the next day, and needs none", seen=SIGNED_IN)
_OPENS_A_PRIVATE_WINDOW = meets("{person.first} opens a private window", cookies="incognito")
_OPENS_AN_ORDINARY_WINDOW = ends_condition("{person.first} opens a normal window")
_STAYS_KNOWN = (reads_code(), confirms(), waits("P1D", "24 hours"), _RECOGNISED)

SCENARIOS = (
    _asked_again(
        name="incognito-asks-every-visit",
        rules=("B6",),
        story="Cora signs in from a private window every day, and every day she needs a code.",
        scene=(_OPENS_A_PRIVATE_WINDOW, *_GETS_IN, signs_out()),
        tries=(asks_for_code(how="at the next visit"),),
        cause=COOKIES_INCOGNITO,
        cure=(_OPENS_AN_ORDINARY_WINDOW,),
        after=_STAYS_KNOWN,
    ),
    _asked_again(
        name="cookies-deleted-automatically",
        rules=("B7",),
        story="Cora's browser deletes all cookies when she leaves, and every day she needs a code.",
        scene=(
            meets("{person.first}'s browser is set to delete its cookies", cookies="auto_delete"),
            *_GETS_IN,
            waits("P1D", "24 hours"),
        ),
        tries=(asks_for_code(how="at the next visit"),),
        cause=COOKIES_AUTO_DELETED,
        cure=(ends_condition("{person.first} lets the browser keep its cookies"),),
        after=_STAYS_KNOWN,
    ),
    _asked_again(
        name="new-device-needs-a-code",
        rules=("B8",),
        story="Cora's computer needs no code any more, but the tablet that she takes today does.",
        scene=(*_GETS_IN, asks_for_code(how="again, and needs none", seen=SIGNED_IN)),
        tries=(asks_for_code(how="on the tablet", device=OTHER_BROWSER),),
        cause=DEVICE_NOT_SENT,
        remedy="pass_factor",
        cure=(reads_code(), confirms(device=OTHER_BROWSER)),
        after=(asks_for_code(how="there again, and needs none", device=OTHER_BROWSER, seen=SIGNED_IN),),
    ),
    _asked_again(
        name="code-after-reactivation",
        rules=("B8", "A27"),
        story="Cora had no access for a week. Now she has access again, and her trusted computer asks for a code.",
        scene=(*_GETS_IN, deactivates(STAFF), waits("P7D", "7 days"), reactivates(STAFF)),
        tries=(asks_for_code(how="as always"),),
        cause=DEVICE_REVOKED,
        remedy="pass_factor",
        cure=(reads_code(), confirms()),
        after=(asks_for_code(how="again, and needs none", seen=SIGNED_IN),),
    ),
    _asked_again(
        name="signed-out-in-a-private-window",
        rules=("B6",),
        symptom=Symptom.THROWN_OUT,
        story="Cora leaves a private window open during a coffee break; when she comes back she is signed out.",
        scene=(_OPENS_A_PRIVATE_WINDOW, *_GETS_IN, opens()),
        tries=(waits("PT30M", "30 minutes"), opens().answered(401, "unauthenticated")),
        cause=VISIT_ENDED,
        cure=(_OPENS_AN_ORDINARY_WINDOW,),
        after=(*_GETS_IN, waits("PT30M", "30 minutes"), opens()),
    ),
)
