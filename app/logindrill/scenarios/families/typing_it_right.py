"""Typing mistakes: the address or the password differs a little, or entirely (A6-A8)."""

from logindrill.rules.reasons import EXTRA_SPACE, WRONG_CASE, WRONG_PASSWORD
from logindrill.scenarios.scenario import Scenario, Symptom
from logindrill.scenarios.verbs.entering import signs_in

_ANSWER = (401, "invalid_credentials")

SCENARIOS = (
    Scenario(
        name="mistyped-password",
        preset="business-chat",
        rules=("A6",),
        symptom=Symptom.ERROR_TEXT,
        story="Ben mistypes his password; it worked yesterday.",
        scene=(signs_in(),),
        tries=(signs_in(how="with a letter missing", password="birch and ben by the se").answered(*_ANSWER),),
        cause=WRONG_PASSWORD,
        remedy="retype_password",
        after=(signs_in(),),
    ),
    Scenario(
        name="wrong-case-password",
        preset="business-chat",
        rules=("A7",),
        symptom=Symptom.ERROR_TEXT,
        story="Caps Lock is on: Ben's password is right except for upper and lower case.",
        tries=(signs_in(how="in capitals", password="BIRCH AND BEN BY THE SEA").answered(*_ANSWER),),
        cause=WRONG_CASE,
        remedy="retype_password",
        after=(signs_in(),),
    ),
    Scenario(
        name="wrong-case-email",
        preset="business-chat",
        rules=("A7",),
        symptom=Symptom.ERROR_TEXT,
        story="Ben's phone begins his address with a capital letter, and here upper and lower case matter.",
        tries=(signs_in(how="with a capital in the address", identifier="Ben.birch@example.test").answered(*_ANSWER),),
        cause=WRONG_CASE,
        remedy="retype_identifier",
        after=(signs_in(),),
    ),
    Scenario(
        name="space-in-email",
        preset="business-chat",
        rules=("A8",),
        symptom=Symptom.ERROR_TEXT,
        story="Ben pastes his address with a space behind it.",
        tries=(signs_in(how="with a space behind the address", identifier="{person.email} ").answered(*_ANSWER),),
        cause=EXTRA_SPACE,
        remedy="retype_identifier",
        after=(signs_in(),),
    ),
    Scenario(
        name="space-in-password",
        preset="business-chat",
        rules=("A8",),
        symptom=Symptom.ERROR_TEXT,
        story="Ben pastes his password with a space before it.",
        tries=(signs_in(how="with a space before the password", password=" {person.password}").answered(*_ANSWER),),
        cause=EXTRA_SPACE,
        remedy="retype_password",
        after=(signs_in(),),
    ),
)
