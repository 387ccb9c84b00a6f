"""The address with which a customer signs in: the main one; secondary ones only receive messages (C5-C7)."""

from logindrill.rules.reasons import SECONDARY_ADDRESS
from logindrill.scenarios.actors import NEW_PASSWORD, PROFESSIONAL
from logindrill.scenarios.scenario import Cast, Scenario, Symptom
from logindrill.scenarios.verbs.entering import signs_in
from logindrill.scenarios.verbs.inbox import RESET, looks, reads
from logindrill.scenarios.verbs.links import asks_for_reset, opens_reset_link, sets_password
from logindrill.scenarios.verbs.staff import edits
from logindrill.scenarios.verbs.tester import waits

_ANSWER = (401, "invalid_credentials")
_BY_EMAIL = signs_in(how="with the e-mail address", identifier="{person.email}")
_BY_SECONDARY = signs_in(how="with the secondary address", identifier="{person.secondary}")
_TWO_ADDRESSES = Cast(
    person={
        "emails": [
            {"address": "cleo.cedar@example.test"},
            {"address": "cleo.at.work@example.test", "kind": "secondary"},
        ]
    }
)
_AS_SECONDARY = {"address": "{person.email}", "kind": "secondary"}
_AS_MAIN = {"address": "{person.email}", "kind": "main"}

SCENARIOS = (
    Scenario(
        name="email-moved-to-secondary",
        preset="customer-app",
        rules=("C1", "C6", "C7"),
        symptom=Symptom.ERROR_TEXT,
        story="Cleo always signed in with her address. Yesterday Paul changed it from the main to a secondary address.",
        scene=(
            _BY_EMAIL,
            edits(PROFESSIONAL, "makes {person.first}'s address a secondary one", emails=[_AS_SECONDARY]),
            waits("P1D", "1 day"),
        ),
        tries=(_BY_EMAIL.answered(*_ANSWER),),
        cause=SECONDARY_ADDRESS,
        remedy="correct_address",
        cure=(edits(PROFESSIONAL, "makes {person.first}'s address the main one again", emails=[_AS_MAIN]),),
        after=(_BY_EMAIL,),
    ),
    Scenario(
        name="secondary-address-sign-in",
        preset="customer-app",
        rules=("C7",),
        symptom=Symptom.ERROR_TEXT,
        story="Cleo gets her mail at a second address and signs in with it, with the right password.",
        cast=_TWO_ADDRESSES,
        tries=(_BY_SECONDARY.answered(*_ANSWER),),
        cause=SECONDARY_ADDRESS,
        remedy="use_username",
        after=(signs_in(how="with the username", identifier="{person.username}"),),
    ),
    Scenario(
        name="reset-by-secondary-address",
        preset="customer-app",
        rules=("C5", "C6", "C7"),
        symptom=Symptom.NOTHING_ARRIVED,
        story="Cleo asks for a new password with her secondary address. She gets the usual answer, but no message.",
        cast=_TWO_ADDRESSES,
        tries=(
            asks_for_reset("{person.secondary}", how="with the secondary address"),
            looks(RESET, why="secondary_address"),
        ),
        cause=SECONDARY_ADDRESS,
        remedy="use_main_address",
        cure=(
            asks_for_reset("{person.email}", how="with the main address"),
            reads(RESET),
            opens_reset_link(),
            sets_password(),
        ),
        after=(signs_in(password=NEW_PASSWORD),),
    ),
)
