"""A new password is refused, when it is set with a link or changed (A13, A14)."""

from logindrill.rules.reasons import (
    PASSWORD_MISMATCH,
    PASSWORD_TOO_COMMON,
    PASSWORD_TOO_LONG,
    PASSWORD_TOO_SHORT,
    PASSWORD_UNCHANGED,
    WRONG_PASSWORD,
)
from logindrill.scenarios.scenario import Cast, Scenario, Symptom
from logindrill.scenarios.step import Seen
from logindrill.scenarios.verbs.account import changes_password
from logindrill.scenarios.verbs.entering import signs_in
from logindrill.scenarios.verbs.inbox import RESET, reads
from logindrill.scenarios.verbs.links import asks_for_reset, sets_password

_AT_THE_LINK = (asks_for_reset(), reads(RESET))
_IN = (signs_in(password="{new_password}"),)
_CHOSEN_AGAIN = (sets_password(), *_IN)
_REFUSED = Seen(422, "validation_failed", about="password")

SCENARIOS = (
    Scenario(
        name="reset-too-short",
        preset="business-chat",
        rules=("A13",),
        symptom=Symptom.ERROR_TEXT,
        story="Ben chooses a new password of seven characters.",
        scene=_AT_THE_LINK,
        tries=(sets_password("Seven77", seen=_REFUSED),),
        cause=PASSWORD_TOO_SHORT,
        remedy="choose_other_password",
        after=_CHOSEN_AGAIN,
    ),
    Scenario(
        name="reset-mismatch",
        preset="business-chat",
        rules=("A14",),
        symptom=Symptom.ERROR_TEXT,
        story="Ben mistypes his new password when he repeats it.",
        scene=_AT_THE_LINK,
        tries=(
            sets_password(
                confirmation="A fresh start in sprin",
                seen=Seen(422, "validation_failed", about="password_confirmation"),
            ),
        ),
        cause=PASSWORD_MISMATCH,
        remedy="retype_confirmation",
        after=_CHOSEN_AGAIN,
    ),
    Scenario(
        name="reset-too-long",
        preset="business-chat",
        rules=("A13",),
        symptom=Symptom.ERROR_TEXT,
        story="Ben's password manager is set to 300 characters, more than the service takes.",
        scene=_AT_THE_LINK,
        tries=(sets_password("long and longer " * 20, seen=_REFUSED),),
        cause=PASSWORD_TOO_LONG,
        remedy="choose_other_password",
        after=_CHOSEN_AGAIN,
    ),
    Scenario(
        name="reset-too-common",
        preset="business-chat",
        rules=("A13", "D8"),
        symptom=Symptom.ERROR_TEXT,
        story="This service refuses passwords that everybody uses, and Ben chooses one of them.",
        cast=Cast(policy={"passwords.blocklist": True}),
        scene=_AT_THE_LINK,
        tries=(sets_password("password123", seen=_REFUSED),),
        cause=PASSWORD_TOO_COMMON,
        remedy="choose_other_password",
        after=_CHOSEN_AGAIN,
    ),
    Scenario(
        name="password-change-to-the-same",
        preset="business-chat",
        rules=("A13",),
        symptom=Symptom.ERROR_TEXT,
        story="Ben is asked to change his password, and chooses the one that he has.",
        scene=(signs_in(),),
        tries=(changes_password("{person.password}", seen=_REFUSED),),
        cause=PASSWORD_UNCHANGED,
        remedy="choose_other_password",
        cure=(changes_password(),),
        after=_IN,
    ),
    Scenario(
        name="current-password-mistyped",
        preset="business-chat",
        rules=("A6",),
        symptom=Symptom.ERROR_TEXT,
        story="Ben changes his password, and mistypes the one that he has.",
        scene=(signs_in(),),
        tries=(changes_password(current="birch and ben by the se", seen=Seen(403, "current_password_incorrect")),),
        cause=WRONG_PASSWORD,
        remedy="retype_password",
        after=(changes_password(), *_IN),
    ),
)
