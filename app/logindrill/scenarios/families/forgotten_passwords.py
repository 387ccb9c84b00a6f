"""Forgotten passwords: a new password is set, or the reset link no longer works (A9-A14)."""

from logindrill.rules.reasons import DEACTIVATED, DELETED, LINK_EXPIRED, LINK_SUPERSEDED, LINK_USED, NOT_ACTIVATED
from logindrill.scenarios.scenario import Cast, Scenario, Symptom
from logindrill.scenarios.verbs.entering import signs_in
from logindrill.scenarios.verbs.inbox import ACTIVATION, RESET, looks, reads
from logindrill.scenarios.verbs.links import activates, asks_for_reset, opens_reset_link, sets_password
from logindrill.scenarios.verbs.staff import deactivates, deletes, invites, reactivates
from logindrill.scenarios.verbs.tester import waits

_UNUSABLE = (410, "link_unusable")
_LATER_PASSWORD = "Another start in autumn"
_ASKED = (asks_for_reset(), reads(RESET))
_IN = (signs_in(password="{new_password}"),)

SCENARIOS = (
    Scenario(
        name="forgotten-password",
        preset="business-chat",
        rules=("A9", "A10", "A11", "A12", "A13", "A14"),
        symptom=Symptom.NONE,
        story="Ben has forgotten his password, asks for a new one, follows the link in the mail and signs in with it.",
        tries=(
            *_ASKED,
            opens_reset_link(),
            sets_password(),
            signs_in(how="with the old password").answered(401, "invalid_credentials"),
            signs_in(how="with the new password", password="{new_password}"),
        ),
    ),
    Scenario(
        name="forgotten-password-in-capitals",
        preset="business-chat",
        rules=("A7", "A10"),
        symptom=Symptom.NONE,
        story="Ben's phone begins his address with a capital letter. The sign-in fails, but the reset mail "
        "still arrives.",
        tries=(
            asks_for_reset("Ben.Birch@example.test", how="with capitals in the address"),
            reads(RESET),
            sets_password(),
            *_IN,
        ),
    ),
    Scenario(
        name="reset-after-deletion",
        preset="business-chat",
        rules=("A10", "A27"),
        symptom=Symptom.NOTHING_ARRIVED,
        story="Ben was deleted and does not know it. He waits for a reset mail that is never sent.",
        scene=(deletes(),),
        tries=(asks_for_reset(), looks(RESET, why=DELETED.code)),
        cause=DELETED,
        remedy="invite",
        cure=(invites(),),
        after=(reads(ACTIVATION), activates(), *_IN),
    ),
    Scenario(
        name="reset-link-used",
        preset="business-chat",
        rules=("A12",),
        symptom=Symptom.PAGE_REFUSED,
        story="Ben set a new password, forgot that one too, and opens the same link once more.",
        scene=(*_ASKED, sets_password()),
        tries=(opens_reset_link(how="once more").answered(*_UNUSABLE),),
        cause=LINK_USED,
        remedy="ask_new_reset",
        cure=(*_ASKED, sets_password(_LATER_PASSWORD)),
        after=(signs_in(password=_LATER_PASSWORD),),
    ),
    Scenario(
        name="reset-link-expired",
        preset="business-chat",
        rules=("A12",),
        symptom=Symptom.PAGE_REFUSED,
        story="Ben asks for a new password before lunch and opens the link an hour later.",
        scene=(*_ASKED, waits("PT1H", "60 minutes")),
        tries=(opens_reset_link().answered(*_UNUSABLE),),
        cause=LINK_EXPIRED,
        remedy="ask_new_reset",
        cure=(*_ASKED, sets_password()),
        after=_IN,
    ),
    Scenario(
        name="reset-link-superseded",
        preset="business-chat",
        rules=("A12",),
        symptom=Symptom.PAGE_REFUSED,
        story="Ben is impatient, asks twice, and opens the link of the first mail.",
        scene=(*_ASKED, asks_for_reset(how="again")),
        tries=(opens_reset_link(how="from the first mail").answered(*_UNUSABLE),),
        cause=LINK_SUPERSEDED,
        remedy="use_newest_link",
        cure=(reads(RESET), sets_password()),
        after=_IN,
    ),
    Scenario(
        name="reset-before-activation",
        preset="business-chat",
        rules=("A4", "A10"),
        symptom=Symptom.NOTHING_ARRIVED,
        story="Ben was invited, never followed the link, and asks for a new password instead.",
        cast=Cast(person={"status": "invited", "password": None}),
        tries=(asks_for_reset(), looks(RESET, why=NOT_ACTIVATED.code)),
        cause=NOT_ACTIVATED,
        remedy="follow_invitation",
        cure=(reads(ACTIVATION), activates()),
        after=_IN,
    ),
    Scenario(
        name="reset-while-deactivated",
        preset="business-chat",
        rules=("A10", "A24"),
        symptom=Symptom.NOTHING_ARRIVED,
        story="Ben's account was deactivated. He takes it for a forgotten password and asks for a new one.",
        scene=(deactivates(),),
        tries=(asks_for_reset(), looks(RESET, why=DEACTIVATED.code)),
        cause=DEACTIVATED,
        remedy="reactivate",
        cure=(reactivates(),),
        after=(*_ASKED, sets_password(), *_IN),
    ),
)
