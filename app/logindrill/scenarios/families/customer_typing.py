"""A customer types something wrong, or has no password yet: one public text for every cause (C1, C2)."""

from logindrill.rules.reasons import EXTRA_SPACE, NOT_ACTIVATED, UNKNOWN_IDENTIFIER, WRONG_CASE, WRONG_PASSWORD
from logindrill.scenarios.actors import NEW_PASSWORD
from logindrill.scenarios.scenario import Cast, Scenario, Symptom
from logindrill.scenarios.step import PHONE
from logindrill.scenarios.verbs.entering import signs_in
from logindrill.scenarios.verbs.inbox import ACTIVATION, reads
from logindrill.scenarios.verbs.links import activates, opens_invitation
from logindrill.scenarios.verbs.tester import waits

_ANSWER = (401, "invalid_credentials")
_WORKED_YESTERDAY = (signs_in(), waits("P1D", "1 day"))

SCENARIOS = (
    Scenario(
        name="invalid-username",
        preset="customer-app",
        rules=("C1", "C2"),
        symptom=Symptom.ERROR_TEXT,
        story="Cleo signed in yesterday. Today a letter of her username is wrong.",
        scene=_WORKED_YESTERDAY,
        tries=(signs_in(how="with a wrong letter in the username", identifier="cleo.ceder").answered(*_ANSWER),),
        cause=UNKNOWN_IDENTIFIER,
        remedy="retype_identifier",
        after=(signs_in(),),
    ),
    Scenario(
        name="invalid-password",
        preset="customer-app",
        rules=("C1", "C2"),
        symptom=Symptom.ERROR_TEXT,
        story="Cleo signed in yesterday. Today she types the password of another account of hers.",
        scene=_WORKED_YESTERDAY,
        tries=(signs_in(how="with another password", password="cedar and cleo in the hills").answered(*_ANSWER),),
        cause=WRONG_PASSWORD,
        remedy="retype_password",
        after=(signs_in(),),
    ),
    Scenario(
        name="wrong-case",
        preset="customer-app",
        rules=("C1", "C2", "A7"),
        symptom=Symptom.ERROR_TEXT,
        story="Cleo's password is right except for a capital letter at the beginning. In her username, case "
        "does not matter.",
        scene=_WORKED_YESTERDAY,
        tries=(
            signs_in(how="with capitals", identifier="Cleo.Cedar", password="Cedar and cleo by the sea").answered(
                *_ANSWER
            ),
        ),
        cause=WRONG_CASE,
        remedy="retype_password",
        after=(signs_in(),),
    ),
    Scenario(
        name="extra-space",
        preset="customer-app",
        rules=("C1", "C2", "A8"),
        symptom=Symptom.ERROR_TEXT,
        story="The keyboard of Cleo's phone puts a space behind the username that it completes.",
        scene=_WORKED_YESTERDAY,
        tries=(
            signs_in(how="with a space behind the username", identifier="{person.username} ", device=PHONE).answered(
                *_ANSWER
            ),
        ),
        cause=EXTRA_SPACE,
        remedy="retype_identifier",
        after=(signs_in(device=PHONE),),
    ),
    Scenario(
        name="not-activated",
        preset="customer-app",
        rules=("C1", "A4"),
        symptom=Symptom.ERROR_TEXT,
        story="Cleo was invited and never followed the link. She tries a password that she uses elsewhere.",
        cast=Cast(person={"status": "invited", "password": None}),
        tries=(signs_in(how="with a password of hers", password="cedar and cleo in the hills").answered(*_ANSWER),),
        cause=NOT_ACTIVATED,
        remedy="follow_invitation",
        cure=(reads(ACTIVATION), opens_invitation(), activates()),
        after=(signs_in(password=NEW_PASSWORD),),
    ),
)
