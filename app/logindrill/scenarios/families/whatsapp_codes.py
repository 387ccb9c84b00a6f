"""WhatsApp codes that are refused: mistyped, expired, or of another sign-in (A23, B11, overall rule 6)."""

from functools import partial

from logindrill.rules.reasons import (
    CODE_NOT_EXACT,
    EXPIRED_CODE,
    NO_CODE,
    OTHER_SIGN_IN,
    SUPERSEDED_CODE,
    USED_CODE,
    VOID_CODE,
    WRONG_CODE,
)
from logindrill.scenarios.actors import ADMIN, WITH_WHATSAPP, whatsapp
from logindrill.scenarios.scenario import Scenario, Symptom
from logindrill.scenarios.step import OTHER_BROWSER
from logindrill.scenarios.verbs.entering import asks_for_otp, enters_code
from logindrill.scenarios.verbs.inbox import FACTOR_CODE, reads, reads_by_issue
from logindrill.scenarios.verbs.second_factor import is_asked, passes_otp, reads_otp, signs_in_with_otp
from logindrill.scenarios.verbs.staff import edits
from logindrill.scenarios.verbs.tester import mail, waits

_refused = partial(
    Scenario,
    preset="business-chat",
    symptom=Symptom.ERROR_TEXT,
    cast=WITH_WHATSAPP,
    remedy="ask_new_code",
)

_ANSWER = (401, "invalid_second_factor")
_NEW_NUMBER = "+15550100177"

SCENARIOS = (
    _refused(
        name="mistyped-otp",
        rules=("A19",),
        story="Ben mistypes the code that he got by WhatsApp.",
        tries=(
            is_asked(),
            asks_for_otp(),
            reads_otp(),
            enters_code("000000", how="with wrong digits").answered(*_ANSWER),
        ),
        cause=WRONG_CODE,
        remedy="retype_code",
        after=(enters_code(),),
    ),
    _refused(
        name="otp-copied-with-a-space",
        rules=("rule-10", "A19"),
        story="Ben copies the code together with the space behind it. This service wants exactly what it sent.",
        cast=whatsapp(codes__spelling="exact"),
        tries=(
            is_asked(),
            asks_for_otp(),
            reads_otp(),
            enters_code("{code} ", how="with a space behind it").answered(*_ANSWER),
        ),
        cause=CODE_NOT_EXACT,
        remedy="retype_code",
        after=(enters_code(),),
    ),
    _refused(
        name="otp-expired",
        rules=("A23",),
        story="Ben answers a call before he types the code; by then its five minutes are over.",
        cast=whatsapp(codes__life="PT5M"),
        tries=(
            is_asked(),
            asks_for_otp(),
            reads_otp(),
            waits("PT5M", "5 minutes"),
            enters_code(how="then").answered(*_ANSWER),
        ),
        cause=EXPIRED_CODE,
        after=passes_otp(),
    ),
    _refused(
        name="otp-used-twice",
        rules=("A23",),
        story="Ben signed in with a code this morning and types the same one on another computer.",
        scene=signs_in_with_otp(),
        tries=(
            is_asked(how="in another browser", device=OTHER_BROWSER),
            enters_code(how="from the previous sign-in", device=OTHER_BROWSER).answered(*_ANSWER),
        ),
        cause=USED_CODE,
        after=passes_otp(OTHER_BROWSER),
    ),
    _refused(
        name="otp-from-another-sign-in",
        rules=("A23",),
        story="Ben asked for the code in one browser and types it in another, where he signs in as well.",
        tries=(
            is_asked(),
            asks_for_otp(),
            reads_otp(),
            is_asked(how="in another browser too", device=OTHER_BROWSER),
            enters_code(how="there", device=OTHER_BROWSER).answered(*_ANSWER),
        ),
        cause=OTHER_SIGN_IN,
        after=passes_otp(OTHER_BROWSER),
    ),
    _refused(
        name="otp-superseded",
        rules=("A23", "B11"),
        story="Ben's code takes long, so he asks for another. The older one arrives last, and he types that one.",
        scene=(
            mail("the next message is delayed by 2 minutes", "delayed", to="{person.phone}", delay="PT2M", times=1),
        ),
        tries=(
            is_asked(),
            asks_for_otp(),
            asks_for_otp(how="once more"),
            waits("PT2M", "2 minutes"),
            reads(FACTOR_CODE, to="{person.phone}", do="{person.first} reads the code that arrived last"),
            enters_code().answered(*_ANSWER),
        ),
        cause=SUPERSEDED_CODE,
        remedy="use_newest_code",
        cure=(
            reads_by_issue(
                FACTOR_CODE,
                -1,
                do="{person.first} looks for the code that was issued last",
                to="{person.phone}",
                code="/code",
            ),
        ),
        after=(enters_code(),),
    ),
    _refused(
        name="otp-never-asked-for",
        rules=("A19", "B11"),
        story="Ben types digits that an authenticator app shows him; he never asked for the code by WhatsApp.",
        tries=(is_asked(), enters_code("271828", how="from something else").answered(*_ANSWER)),
        cause=NO_CODE,
        after=passes_otp(),
    ),
    _refused(
        name="otp-ended-by-a-new-number",
        rules=("A22", "A26"),
        story="The admin changes Ben's number while Ben has a code that went to the old one.",
        tries=(
            is_asked(),
            asks_for_otp(),
            reads_otp(),
            edits(
                ADMIN,
                "puts {person.first}'s new number on the account",
                phones=[{"number": _NEW_NUMBER, "kind": "whatsapp"}],
            ),
            enters_code().answered(*_ANSWER),
        ),
        cause=VOID_CODE,
        after=(
            asks_for_otp(_NEW_NUMBER),
            reads(FACTOR_CODE, to=_NEW_NUMBER, do="{person.first} reads the code on the phone"),
            enters_code(),
        ),
    ),
)
