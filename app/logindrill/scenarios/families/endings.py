"""Deactivated and deleted people: all access has ended, and with deletion the account too (A24-A28)."""

from logindrill.rules.reasons import DEACTIVATED, DELETED
from logindrill.scenarios.scenario import Cast, Scenario, Symptom
from logindrill.scenarios.step import Seen
from logindrill.scenarios.verbs.entering import opens, signs_in
from logindrill.scenarios.verbs.inbox import ACTIVATION, reads
from logindrill.scenarios.verbs.links import activates
from logindrill.scenarios.verbs.staff import deactivates, deletes, invites, reactivates

_ANSWER = (403, "account_deactivated")
_MASKED_ANSWER = (401, "invalid_credentials")
_OUT = Seen(401, "unauthenticated")

SCENARIOS = (
    Scenario(
        name="deactivated",
        preset="business-chat",
        rules=("A24", "A25", "A28"),
        symptom=Symptom.ERROR_TEXT,
        story="Ben's password is right, and still he cannot sign in: Adam deactivated him.",
        scene=(signs_in(), deactivates()),
        tries=(signs_in(how="with the right password").answered(*_ANSWER),),
        cause=DEACTIVATED,
        remedy="reactivate",
        cure=(reactivates(),),
        after=(signs_in(),),
    ),
    Scenario(
        name="deactivated-untold",
        preset="business-chat",
        rules=("A24", "A28"),
        symptom=Symptom.ERROR_TEXT,
        story="Ben was deactivated, but the service only says that the address or password is wrong.",
        cast=Cast(policy={"disclosure.deactivated": False}),
        scene=(deactivates(),),
        tries=(signs_in(how="with the right password").answered(*_MASKED_ANSWER),),
        cause=DEACTIVATED,
        remedy="reactivate",
        cure=(reactivates(),),
        after=(signs_in(),),
    ),
    Scenario(
        name="deactivated-while-signed-in",
        preset="business-chat",
        rules=("A26",),
        symptom=Symptom.THROWN_OUT,
        story="Ben is at work in the app when Adam deactivates him; the next call is refused.",
        scene=(signs_in(), opens(), deactivates()),
        tries=(opens(seen=_OUT),),
        cause=DEACTIVATED,
        remedy="reactivate",
        cure=(reactivates(),),
        after=(opens(seen=_OUT), signs_in(), opens()),
    ),
    Scenario(
        name="deactivated-not-deleted",
        preset="business-chat",
        rules=("A27",),
        symptom=Symptom.ERROR_TEXT,
        story="Adam deactivated Ben and thinks that the account is deleted. The address is still in use, and "
        "all data is still there.",
        scene=(deactivates(),),
        tries=(invites().answered(409, "email_taken"), signs_in().answered(*_ANSWER)),
        cause=DEACTIVATED,
        remedy="reactivate",
        cure=(reactivates(),),
        after=(signs_in(), opens(seen=Seen(200, body={"/id": "usr_ben", "/name": "Ben Birch"}))),
    ),
    Scenario(
        name="deleted",
        preset="business-chat",
        rules=("A27",),
        symptom=Symptom.ERROR_TEXT,
        story="Ben was deleted. All his data is gone, his address is free, and he still tries to sign in.",
        scene=(deletes(),),
        tries=(signs_in().answered(*_MASKED_ANSWER),),
        cause=DELETED,
        remedy="invite",
        cure=(invites(), reads(ACTIVATION), activates()),
        after=(signs_in(password="{new_password}"),),
    ),
    Scenario(
        name="deleted-while-signed-in",
        preset="business-chat",
        rules=("A26", "A27"),
        symptom=Symptom.THROWN_OUT,
        story="Ben is at work in the app when Adam deletes his account.",
        scene=(signs_in(), deletes()),
        tries=(opens(seen=_OUT),),
        cause=DELETED,
        remedy="invite",
        cure=(invites(), reads(ACTIVATION), activates()),
        after=(signs_in(password="{new_password}"), opens()),
    ),
)
