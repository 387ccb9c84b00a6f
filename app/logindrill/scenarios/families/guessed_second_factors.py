"""Too many wrong codes: they end the code, then the sign-in, then every code (overall rule 6)."""

from functools import partial

from logindrill.rules.reasons import SIGN_IN_VOID, TOO_MANY_CODE_ATTEMPTS, WRONG_SECOND_PASSWORD
from logindrill.scenarios.actors import SECOND_PASSWORD, WITH_SECOND_PASSWORD, WITH_WHATSAPP
from logindrill.scenarios.scenario import Scenario, Symptom
from logindrill.scenarios.step import Step
from logindrill.scenarios.verbs.entering import asks_for_otp, enters_code, enters_second_password
from logindrill.scenarios.verbs.inbox import FACTOR_CODE, looks
from logindrill.scenarios.verbs.second_factor import (
    is_asked,
    passes_otp,
    reads_otp,
    signs_in_with_otp,
    signs_in_with_second_password,
)
from logindrill.scenarios.verbs.tester import waits

_second_step = partial(Scenario, preset="business-chat", symptom=Symptom.ERROR_TEXT)

_ANSWER = (401, "invalid_second_factor")
_MISTYPES = enters_code("000000", how="with wrong digits").answered(*_ANSWER)
_MISTYPES_PASSWORD = enters_second_password("second of the too", how="with a typing mistake").answered(*_ANSWER)


def _five(step: Step) -> tuple[Step, ...]:
    return (step,) * 5


SCENARIOS = (
    _second_step(
        name="wrong-second-password",
        rules=("A19",),
        story="Ben mistypes the second of his two passwords.",
        cast=WITH_SECOND_PASSWORD,
        tries=(is_asked(), _MISTYPES_PASSWORD),
        cause=WRONG_SECOND_PASSWORD,
        remedy="retype_password",
        after=(enters_second_password(SECOND_PASSWORD),),
    ),
    _second_step(
        name="too-many-second-passwords",
        rules=("A19", "rule-6"),
        story="Ben tried five wrong second passwords; now the right one is refused too.",
        cast=WITH_SECOND_PASSWORD,
        tries=(
            is_asked(),
            *_five(_MISTYPES_PASSWORD),
            enters_second_password(SECOND_PASSWORD, how="correctly").answered(410, "sign_in_expired"),
        ),
        cause=SIGN_IN_VOID,
        remedy="sign_in_again",
        after=signs_in_with_second_password(),
    ),
    _second_step(
        name="too-many-otp-attempts",
        rules=("rule-6",),
        story="Ben mistyped his code five times; now the right digits are refused too.",
        cast=WITH_WHATSAPP,
        tries=(
            is_asked(),
            asks_for_otp(),
            reads_otp(),
            *_five(_MISTYPES),
            enters_code(how="correctly").answered(*_ANSWER),
        ),
        cause=TOO_MANY_CODE_ATTEMPTS,
        remedy="ask_new_code",
        after=passes_otp(),
    ),
    _second_step(
        name="otp-guessing-locked",
        rules=("rule-6",),
        symptom=Symptom.NOTHING_ARRIVED,
        story="After fifteen wrong codes within an hour no further one comes, however often Ben asks.",
        cast=WITH_WHATSAPP,
        tries=(
            is_asked(),
            *(asks_for_otp(), reads_otp(third="/id"), *_five(_MISTYPES)) * 3,
            asks_for_otp(how="a fourth time"),
            looks(
                FACTOR_CODE,
                to="{person.phone}",
                why=TOO_MANY_CODE_ATTEMPTS.code,
                do="{person.first} waits for a WhatsApp message, and none comes",
                after="{third}",
            ),
        ),
        cause=TOO_MANY_CODE_ATTEMPTS,
        remedy="wait_for_codes",
        cure=(waits("PT1H", "60 minutes"),),
        after=signs_in_with_otp(),
    ),
)
