"""Codes of contacts: the normal sign-in, and codes that are refused (B3, B9-B11, overall rule 6)."""

from functools import partial

from logindrill.rules.reasons import (
    EXPIRED_CODE,
    NO_CODE,
    SUPERSEDED_CODE,
    TOO_MANY_CODE_ATTEMPTS,
    USED_CODE,
    VOID_CODE,
    WRONG_CODE,
)
from logindrill.scenarios.actors import STAFF
from logindrill.scenarios.scenario import Scenario, Symptom
from logindrill.scenarios.step import OTHER_BROWSER, Step
from logindrill.scenarios.verbs.codes import asks_for_code, confirms, reads_code
from logindrill.scenarios.verbs.entering import opens
from logindrill.scenarios.verbs.inbox import CODE, looks, reads_by_issue
from logindrill.scenarios.verbs.staff import edits
from logindrill.scenarios.verbs.tester import mail, waits

_refused = partial(Scenario, preset="contact-portal", symptom=Symptom.ERROR_TEXT, remedy="ask_new_code")

_ANSWER = (401, "invalid_code")
_MISTYPES = confirms("000000", how="with wrong digits").answered(*_ANSWER)
_ASKS_ANEW = (asks_for_code(how="once more"),)
_GETS_IN = (reads_code(), confirms())


def _five(step: Step) -> tuple[Step, ...]:
    return (step,) * 5


SCENARIOS = (
    Scenario(
        name="code-sign-in",
        preset="contact-portal",
        rules=("B3",),
        symptom=Symptom.NONE,
        story="Cora gets in with a code by e-mail, and in another browser with one by SMS. No password anywhere.",
        tries=(
            asks_for_code(how="by e-mail"),
            reads_code(),
            confirms(),
            opens(),
            asks_for_code(channel="sms", how="by SMS, in another browser", device=OTHER_BROWSER),
            reads_code(to="{person.phone}"),
            confirms(device=OTHER_BROWSER),
            opens(device=OTHER_BROWSER),
        ),
    ),
    _refused(
        name="mistyped-code",
        rules=("B11",),
        story="Cora mistypes her code.",
        tries=(asks_for_code(), reads_code(), _MISTYPES),
        cause=WRONG_CODE,
        remedy="retype_code",
        after=(confirms(),),
    ),
    _refused(
        name="code-expired",
        rules=("B11",),
        story="Cora types her code after lunch; it was valid for ten minutes.",
        tries=(asks_for_code(), reads_code(), waits("PT10M", "10 minutes"), confirms(how="then").answered(*_ANSWER)),
        cause=EXPIRED_CODE,
        cure=_ASKS_ANEW,
        after=_GETS_IN,
    ),
    _refused(
        name="code-used-twice",
        rules=("B11",),
        story="Cora got in with a code and types the same one on her tablet.",
        scene=(asks_for_code(), reads_code(), confirms()),
        tries=(confirms(how="from before, on her tablet", device=OTHER_BROWSER).answered(*_ANSWER),),
        cause=USED_CODE,
        cure=(asks_for_code(how="there", device=OTHER_BROWSER),),
        after=(reads_code(), confirms(device=OTHER_BROWSER)),
    ),
    _refused(
        name="code-never-asked-for",
        rules=("B11",),
        story="Cora types digits from an old letter of the clinic; she never asked for a code.",
        tries=(confirms("271828", how="from something else").answered(*_ANSWER),),
        cause=NO_CODE,
        cure=(asks_for_code(),),
        after=_GETS_IN,
    ),
    _refused(
        name="code-ended-by-a-new-card",
        rules=("B1", "A26"),
        story="The clinic corrects Cora's number on the card while she holds a code; the code is refused.",
        tries=(
            asks_for_code(),
            reads_code(),
            edits(STAFF, "corrects the number on the card", phones=[{"number": "+15550100177", "kind": "sms"}]),
            confirms().answered(*_ANSWER),
        ),
        cause=VOID_CODE,
        cure=_ASKS_ANEW,
        after=_GETS_IN,
    ),
    _refused(
        name="older-code",
        rules=("B11",),
        story="Cora asks for a code twice and types the first one.",
        tries=(
            asks_for_code(),
            reads_code(),
            asks_for_code(how="once more"),
            confirms(how="from before").answered(*_ANSWER),
        ),
        cause=SUPERSEDED_CODE,
        remedy="use_newest_code",
        cure=(reads_code(),),
        after=(confirms(),),
    ),
    _refused(
        name="older-code-arrives-last",
        rules=("B11",),
        story="Cora's first code is delayed and arrives after the second; she types the one that arrived last.",
        scene=(mail("the next message is delayed by 2 minutes", "delayed", delay="PT2M", times=1),),
        tries=(
            asks_for_code(),
            asks_for_code(how="once more"),
            waits("PT2M", "2 minutes"),
            reads_code(),
            confirms().answered(*_ANSWER),
        ),
        cause=SUPERSEDED_CODE,
        remedy="use_newest_code",
        cure=(reads_by_issue(CODE, -1, do="{person.first} looks for the code that was issued last", code="/code"),),
        after=(confirms(),),
    ),
    _refused(
        name="codes-crossed-channels",
        rules=("B3", "B11"),
        story="Cora asks by e-mail, then by SMS to be quicker, and types the code of the mail.",
        tries=(
            asks_for_code(how="by e-mail"),
            reads_code(),
            asks_for_code(channel="sms", how="by SMS"),
            confirms(how="from the mail").answered(*_ANSWER),
        ),
        cause=SUPERSEDED_CODE,
        remedy="use_newest_code",
        cure=(reads_code(to="{person.phone}"),),
        after=(confirms(),),
    ),
    _refused(
        name="code-mistyped-five-times",
        rules=("rule-6",),
        story="Cora mistyped her code five times; now the right digits are refused too.",
        tries=(asks_for_code(), reads_code(), *_five(_MISTYPES), confirms(how="correctly").answered(*_ANSWER)),
        cause=TOO_MANY_CODE_ATTEMPTS,
        cure=_ASKS_ANEW,
        after=_GETS_IN,
    ),
    _refused(
        name="guessed-code",
        rules=("rule-6",),
        story="Somebody guessed Cora's codes fifteen times within an hour; she asks for one, and none comes.",
        symptom=Symptom.NOTHING_ARRIVED,
        tries=(
            *(asks_for_code(), reads_code(third="/id"), *_five(_MISTYPES)) * 3,
            asks_for_code(how="a fourth time"),
            looks(CODE, why=TOO_MANY_CODE_ATTEMPTS.code, after="{third}"),
        ),
        cause=TOO_MANY_CODE_ATTEMPTS,
        remedy="wait_for_codes",
        cure=(waits("PT1H", "60 minutes"),),
        after=(*_ASKS_ANEW, *_GETS_IN),
    ),
)
