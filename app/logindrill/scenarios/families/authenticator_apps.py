"""Authenticator apps as second factor: the normal sign-in, and what goes wrong (A19, overall rule 6)."""

from functools import partial

from logindrill.rules.reasons import (
    DEVICE_NOT_SENT,
    EARLY_CODE,
    EXPIRED_CODE,
    NO_CODE,
    SIGN_IN_VOID,
    TOO_MANY_CODE_ATTEMPTS,
    USED_CODE,
    WRONG_CODE,
)
from logindrill.scenarios.actors import OTHER_SECRET, PROFESSIONAL, WITH_AUTHENTICATOR, WITH_WHATSAPP
from logindrill.scenarios.scenario import ORDINARY, Cast, Scenario, Symptom
from logindrill.scenarios.step import OTHER_BROWSER
from logindrill.scenarios.verbs.authenticator import (
    UNCONFIRMED,
    begins_app,
    confirms_app,
    looks_at_app,
    passes_app,
    sets_up_app,
    signs_in_with_app,
)
from logindrill.scenarios.verbs.entering import enters_code, signs_in
from logindrill.scenarios.verbs.second_factor import is_asked, passes_otp, signs_in_with_otp
from logindrill.scenarios.verbs.staff import removes_factor
from logindrill.scenarios.verbs.tester import waits

_fine = partial(Scenario, preset="business-chat", rules=("A18", "A19"), symptom=Symptom.NONE)
_refused = partial(
    Scenario,
    preset="business-chat",
    rules=("A19",),
    symptom=Symptom.ERROR_TEXT,
    cast=WITH_AUTHENTICATOR,
)

_ANSWER = (401, "invalid_second_factor")
_FIVE_GUESSES = (enters_code("000000", how="with wrong digits").answered(*_ANSWER),) * 5
_DESK = "usr_desk"
_FRONT_DESK = {
    "id": _DESK,
    "name": "Front Desk",
    "password": "the desk is by the door",
    "emails": [{"address": "front.desk@example.test"}],
    "memberships": [{"company": "co_harbour", "role": "member"}],
    "second_factor": {"method": "totp", "secret": OTHER_SECRET},
}

SCENARIOS = (
    _fine(
        name="authenticator-app-sign-in",
        story="Ben signs in with his password and the code that the authenticator app on his phone shows.",
        cast=WITH_AUTHENTICATOR,
        tries=signs_in_with_app(),
    ),
    _fine(
        name="authenticator-app-set-up",
        story="Ben sets up an authenticator app, and the next computer asks him for its code.",
        tries=(
            signs_in(),
            *sets_up_app(),
            waits("PT30S", "30 seconds"),
            is_asked(how="on another computer", device=OTHER_BROWSER),
            *passes_app(OTHER_BROWSER),
        ),
    ),
    _fine(
        name="authenticator-set-up-unfinished",
        story="Ben scanned the QR code with an app and closed the page. He is never asked for a code, and wonders why.",
        tries=(signs_in(), begins_app(), signs_in(how="on another computer, and is not asked", device=OTHER_BROWSER)),
    ),
    _refused(
        name="authenticator-never-confirmed",
        rules=("A18", "A19"),
        story="Ben scanned the QR code with an app and closed the page. The app shows codes, but WhatsApp is "
        "still his factor.",
        cast=WITH_WHATSAPP,
        scene=(*signs_in_with_otp(), begins_app()),
        tries=(
            is_asked(how="on another computer", device=OTHER_BROWSER),
            looks_at_app(UNCONFIRMED),
            enters_code(how="from the app", device=OTHER_BROWSER).answered(*_ANSWER),
        ),
        cause=NO_CODE,
        remedy="ask_new_code",
        after=passes_otp(OTHER_BROWSER),
    ),
    _refused(
        name="authenticator-cannot-be-set-up",
        story="The clock of Ben's phone is 2 minutes ahead, so no code of his new app is accepted.",
        cast=ORDINARY,
        tries=(
            signs_in(),
            begins_app(),
            looks_at_app(f"{UNCONFIRMED}&off_by=PT2M", do="{person.first} looks at the app, 2 minutes ahead"),
            confirms_app().answered(*_ANSWER),
        ),
        cause=EARLY_CODE,
        remedy="set_clock",
        after=(looks_at_app(UNCONFIRMED), confirms_app()),
    ),
    _refused(
        name="authenticator-code-too-late",
        story="Ben reads the code, is interrupted, and types it later. The app shows another code by then.",
        tries=(is_asked(), looks_at_app(), waits("PT2M", "2 minutes"), enters_code(how="then").answered(*_ANSWER)),
        cause=EXPIRED_CODE,
        remedy="retype_code",
        after=passes_app(),
    ),
    _refused(
        name="authenticator-clock-behind",
        story="The clock of Ben's phone is 5 minutes behind, so none of the app's codes is accepted.",
        tries=(
            is_asked(),
            looks_at_app("off_by=-PT5M", do="{person.first} looks at the app on a phone that is 5 minutes behind"),
            enters_code().answered(*_ANSWER),
        ),
        cause=EXPIRED_CODE,
        remedy="set_clock",
        after=passes_app(),
    ),
    _refused(
        name="authenticator-clock-ahead",
        story="The clock of Ben's phone is 5 minutes ahead, so none of the app's codes is accepted.",
        tries=(
            is_asked(),
            looks_at_app("off_by=PT5M", do="{person.first} looks at the app on a phone that is 5 minutes ahead"),
            enters_code().answered(*_ANSWER),
        ),
        cause=EARLY_CODE,
        remedy="set_clock",
        after=passes_app(),
    ),
    _refused(
        name="authenticator-code-used-twice",
        story="Ben signs in, and right after that on another computer. The app still shows the code that he just used.",
        scene=signs_in_with_app(),
        tries=(
            is_asked(how="on another computer", device=OTHER_BROWSER),
            enters_code(how="from just now", device=OTHER_BROWSER).answered(*_ANSWER),
        ),
        cause=USED_CODE,
        remedy="use_next_code",
        cure=(waits("PT30S", "30 seconds"),),
        after=passes_app(OTHER_BROWSER),
    ),
    _refused(
        name="authenticator-code-of-another-account",
        story="Ben's app holds two accounts, his own and that of the front desk. He types the code of the wrong line.",
        cast=Cast(person=WITH_AUTHENTICATOR.person, others=(_FRONT_DESK,)),
        tries=(
            is_asked(),
            looks_at_app(whose=_DESK, do="{person.first} reads the line of another account in the app"),
            enters_code().answered(*_ANSWER),
        ),
        cause=WRONG_CODE,
        remedy="retype_code",
        after=passes_app(),
    ),
    _refused(
        name="too-many-authenticator-codes",
        rules=("A19", "rule-6"),
        story="Ben tried five wrong codes; now the one that the app shows is refused too.",
        tries=(
            is_asked(),
            *_FIVE_GUESSES,
            looks_at_app(),
            enters_code(how="from the app").answered(410, "sign_in_expired"),
        ),
        cause=SIGN_IN_VOID,
        remedy="sign_in_again",
        after=signs_in_with_app(),
    ),
    _refused(
        name="authenticator-guessing-locked",
        rules=("A19", "rule-6"),
        story="Fifteen wrong codes were tried for Ben within an hour; now the right one is refused at every sign-in.",
        tries=(
            *(is_asked(), *_FIVE_GUESSES) * 3,
            is_asked(),
            looks_at_app(),
            enters_code(how="from the app").answered(*_ANSWER),
        ),
        cause=TOO_MANY_CODE_ATTEMPTS,
        remedy="wait_for_codes",
        cure=(waits("PT1H", "60 minutes"),),
        after=signs_in_with_app(),
    ),
    _refused(
        name="authenticator-phone-lost",
        rules=("A19", "A20"),
        symptom=Symptom.ASKED_FOR_CODE_AGAIN,
        story="Ben lost the phone with the app. His computer trusts him; others want a code that he cannot read.",
        scene=signs_in_with_app(),
        tries=(is_asked(how="on another computer", device=OTHER_BROWSER),),
        cause=DEVICE_NOT_SENT,
        remedy="remove_factor",
        cure=(removes_factor(),),
        after=(signs_in(how="there, and is not asked", device=OTHER_BROWSER),),
    ),
    _refused(
        name="customer-lost-the-authenticator",
        preset="customer-app",
        rules=("A19", "A20"),
        symptom=Symptom.ASKED_FOR_CODE_AGAIN,
        story="Cleo's phone fell into the harbour with the app on it. At home she is asked for a code that is gone.",
        tries=(is_asked(how="at home"),),
        cause=DEVICE_NOT_SENT,
        remedy="remove_factor",
        cure=(removes_factor(PROFESSIONAL),),
        after=(signs_in(how="at home, and is not asked"),),
    ),
)
