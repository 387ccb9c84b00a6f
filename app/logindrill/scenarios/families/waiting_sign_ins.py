"""The sign-in ended before the second factor was entered (A19, A23)."""

from functools import partial

from logindrill.rules.reasons import SIGN_IN_EXPIRED, SIGN_IN_UNKNOWN, SIGN_IN_USED, SIGN_IN_VOID
from logindrill.scenarios.actors import NEW_PASSWORD, WITH_WHATSAPP
from logindrill.scenarios.scenario import Scenario, Symptom
from logindrill.scenarios.step import OTHER_BROWSER
from logindrill.scenarios.verbs.entering import asks_for_otp, enters_code
from logindrill.scenarios.verbs.inbox import RESET, reads
from logindrill.scenarios.verbs.links import asks_for_reset, sets_password
from logindrill.scenarios.verbs.second_factor import is_asked, passes_otp, reads_otp, signs_in_with_otp
from logindrill.scenarios.verbs.tester import waits

_over = partial(
    Scenario,
    preset="business-chat",
    symptom=Symptom.ERROR_TEXT,
    cast=WITH_WHATSAPP,
    remedy="sign_in_again",
)

_ANSWER = (410, "sign_in_expired")

SCENARIOS = (
    _over(
        name="sign-in-expired-while-waiting",
        rules=("A23",),
        story="Ben fetches his phone from home before he types the code, and is sent back to the start.",
        tries=(
            is_asked(),
            asks_for_otp(),
            reads_otp(),
            waits("PT10M", "10 minutes"),
            enters_code().answered(*_ANSWER),
        ),
        cause=SIGN_IN_EXPIRED,
        after=signs_in_with_otp(),
    ),
    _over(
        name="second-factor-sent-twice",
        rules=("A19",),
        story="Ben's app sends the form with the code twice and shows him the second answer.",
        tries=(*signs_in_with_otp(), enters_code(how="once more").answered(*_ANSWER)),
        cause=SIGN_IN_USED,
        after=signs_in_with_otp(device=OTHER_BROWSER),
    ),
    _over(
        name="sign-in-id-cut-short",
        rules=("A19",),
        story="Ben's app cuts off the end of the sign-in ID, so his right code is refused.",
        tries=(
            is_asked(),
            asks_for_otp(),
            reads_otp(),
            enters_code(how="in an app that cuts the id of the sign-in", sign_in="sin_cut-short").answered(*_ANSWER),
        ),
        cause=SIGN_IN_UNKNOWN,
        after=signs_in_with_otp(),
    ),
    _over(
        name="sign-in-ended-by-a-reset",
        rules=("A9", "A19"),
        story="Ben waits for his code, sets a new password in the meantime, and then continues the sign-in.",
        tries=(
            is_asked(),
            asks_for_otp(),
            reads_otp(),
            asks_for_reset(),
            reads(RESET),
            sets_password(),
            enters_code().answered(*_ANSWER),
        ),
        cause=SIGN_IN_VOID,
        after=(is_asked(how="with the new password", password=NEW_PASSWORD), *passes_otp()),
    ),
)
