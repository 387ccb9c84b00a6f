"""The WhatsApp code does not arrive: another number, a delay, or never sent (A22, A23)."""

from functools import partial

from logindrill.rules.reasons import (
    FACTOR_NEEDS_NO_CODE,
    MAIL_DELAYED,
    MAIL_NOT_SENT,
    NO_NUMBER_ON_ACCOUNT,
    PHONE_MISMATCH,
    Reason,
)
from logindrill.scenarios.actors import OWNER, SECOND_PASSWORD, WITH_SECOND_PASSWORD, WITH_WHATSAPP, whatsapp
from logindrill.scenarios.scenario import Cast, Scenario, Symptom
from logindrill.scenarios.step import Step
from logindrill.scenarios.verbs.entering import asks_for_otp, enters_code, enters_second_password
from logindrill.scenarios.verbs.inbox import FACTOR_CODE, looks, reads
from logindrill.scenarios.verbs.second_factor import is_asked, passes_otp, reads_otp
from logindrill.scenarios.verbs.staff import edits
from logindrill.scenarios.verbs.tester import mail, waits

_nothing_came = partial(
    Scenario,
    preset="business-chat",
    symptom=Symptom.NOTHING_ARRIVED,
    cast=WITH_WHATSAPP,
)

_NEW_NUMBER = "+15550100177"


def _waits_in_vain(number: str, why: Reason) -> Step:
    return looks(FACTOR_CODE, to=number, why=why.code, do="{person.first} waits for a WhatsApp message, and none comes")


def _corrects_number(words: str) -> Step:
    return edits(OWNER, words, phones=[{"number": _NEW_NUMBER, "kind": "whatsapp"}])


_GETS_IN_WITH_NEW_NUMBER = (
    asks_for_otp(_NEW_NUMBER),
    reads(FACTOR_CODE, to=_NEW_NUMBER, do="{person.first} reads the code on the phone"),
    enters_code(),
)

SCENARIOS = (
    _nothing_came(
        name="otp-to-wrong-number",
        rules=("A22",),
        story="Ben types the number of his company phone; no code comes. His account has another number.",
        tries=(
            is_asked(),
            asks_for_otp("+15550100178", how="to his other phone"),
            _waits_in_vain("+15550100178", PHONE_MISMATCH),
        ),
        cause=PHONE_MISMATCH,
        remedy="use_given_number",
        after=passes_otp(),
    ),
    _nothing_came(
        name="number-changed",
        rules=("A22",),
        story="Ben types his new phone number; no code comes, because the account has his old one.",
        tries=(
            is_asked(),
            asks_for_otp(_NEW_NUMBER, how="to the new number"),
            _waits_in_vain(_NEW_NUMBER, PHONE_MISMATCH),
        ),
        cause=PHONE_MISMATCH,
        remedy="correct_number",
        cure=(_corrects_number("puts {person.first}'s new number on the account"),),
        after=_GETS_IN_WITH_NEW_NUMBER,
    ),
    _nothing_came(
        name="no-number-on-the-account",
        rules=("A22",),
        story="Ben should get a code by WhatsApp, but his account never had a number.",
        cast=Cast(person={"second_factor": {"method": "whatsapp_otp"}}),
        tries=(
            is_asked(),
            asks_for_otp(_NEW_NUMBER),
            _waits_in_vain(_NEW_NUMBER, NO_NUMBER_ON_ACCOUNT),
        ),
        cause=NO_NUMBER_ON_ACCOUNT,
        remedy="correct_number",
        cure=(_corrects_number("puts a number on {person.first}'s account"),),
        after=_GETS_IN_WITH_NEW_NUMBER,
    ),
    _nothing_came(
        name="otp-with-another-factor",
        rules=("A19",),
        story="Ben waits for a code by WhatsApp as his colleagues get it; his own second factor is a second password.",
        cast=WITH_SECOND_PASSWORD,
        tries=(
            is_asked(),
            asks_for_otp(_NEW_NUMBER),
            _waits_in_vain(_NEW_NUMBER, FACTOR_NEEDS_NO_CODE),
        ),
        cause=FACTOR_NEEDS_NO_CODE,
        remedy="use_own_factor",
        after=(enters_second_password(SECOND_PASSWORD),),
    ),
    _nothing_came(
        name="otp-three-minutes-late",
        rules=("A23",),
        story="Ben's code is not there yet. It may take up to three minutes, and he asked just now.",
        cast=whatsapp(otp__delay="seeded"),
        tries=(is_asked(), asks_for_otp(), _waits_in_vain("{person.phone}", MAIL_DELAYED)),
        cause=MAIL_DELAYED,
        remedy="wait_for_message",
        cure=(waits("PT3M", "3 minutes"),),
        after=(reads_otp(), enters_code()),
    ),
    _nothing_came(
        name="otp-later-than-promised",
        rules=("A23",),
        story="Ben's code is not there after three minutes; one message was delayed.",
        scene=(
            mail("the next message is delayed by 9 minutes", "delayed", to="{person.phone}", delay="PT9M", times=1),
        ),
        tries=(
            is_asked(),
            asks_for_otp(),
            waits("PT3M1S", "3 minutes and a second"),
            _waits_in_vain("{person.phone}", MAIL_DELAYED),
        ),
        cause=MAIL_DELAYED,
        remedy="ask_new_code",
        cure=(asks_for_otp(how="once more"),),
        after=(reads_otp(), enters_code()),
    ),
    _nothing_came(
        name="otp-never-sent",
        rules=("A23",),
        story="Ben's code never comes: sending it failed.",
        scene=(mail("sending the next message fails", "not_sent", to="{person.phone}", times=1),),
        tries=(is_asked(), asks_for_otp(), _waits_in_vain("{person.phone}", MAIL_NOT_SENT)),
        cause=MAIL_NOT_SENT,
        remedy="ask_new_code",
        cure=(asks_for_otp(how="once more"),),
        after=(reads_otp(), enters_code()),
    ),
)
