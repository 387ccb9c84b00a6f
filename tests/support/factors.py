"""Helpers for tests of the second factor: people who have one, and the second step of their sign-in."""

from datetime import datetime, timedelta
from typing import Any

import pyotp
from sqlalchemy import Row

from logindrill.access.admission import Admission, Continued
from logindrill.models import OneTimeCode, PendingSignIn, TrustedDevice
from logindrill.rules.clients import Caller
from logindrill.rules.decisions import Refused
from logindrill.rules.disclosure import Call
from logindrill.services import second_factor, sign_in_codes
from logindrill.work.perform import attempt
from logindrill.world.document import PersonPart, PhonePart, SecondFactorPart
from tests.support.people import address_of, password_of, person
from tests.support.scenes import Scene

NUMBER = "+14155550100"
OTHER_NUMBER = "+14155550199"
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
SECOND_PASSWORD = "the second one"


def with_whatsapp(name: str, role: str = "member", **changes: Any) -> PersonPart:
    """Somebody whose second factor is a code to their WhatsApp number."""
    factor = SecondFactorPart(method="whatsapp_otp")
    return person(name, role, **{"phones": [PhonePart(number=NUMBER)], "second_factor": factor} | changes)


def with_second_password(name: str, role: str = "member", **changes: Any) -> PersonPart:
    """Somebody whose second factor is `SECOND_PASSWORD`."""
    factor = SecondFactorPart(method="second_password", second_password=SECOND_PASSWORD)
    return person(name, role, second_factor=factor, **changes)


def with_authenticator(name: str, role: str = "member", **changes: Any) -> PersonPart:
    """Somebody whose second factor is an authenticator app that holds `SECRET`."""
    return person(name, role, second_factor=SecondFactorPart(method="totp", secret=SECRET), **changes)


def shown_at(moment: datetime, secret: str = SECRET) -> str:
    """What the authenticator app shows at a moment."""
    return pyotp.TOTP(secret).at(moment)


def wrong_code(right: str, attempt_number: int = 1) -> str:
    """A wrong code; each `attempt_number` gives another one."""
    return f"{(int(right) + attempt_number) % 10 ** len(right):0{len(right)}d}"


def waiting(scene: Scene, name: str, *, caller: Caller | None = None, **more: Any) -> str:
    """The id of a pending sign-in that waits for the second factor."""
    outcome = scene.try_to_sign_in(address_of(name), password_of(name), caller=caller, **more)
    assert isinstance(outcome, Continued), outcome
    assert outcome.status == "second_factor_required"
    return outcome.sign_in_id


def ask(scene: Scene, sign_in_id: str, phone: str = NUMBER) -> Row[Any]:
    """Request a code; returns the recorded attempt."""
    attempt(scene.work("request_sign_in_code", Call.ASK), sign_in_codes.request, sign_in_id, phone)
    return scene.attempts()[-1]


def code_asked_for(scene: Scene, sign_in_id: str) -> str:
    """The code that is sent for a sign-in."""
    ask(scene, sign_in_id)
    return str(scene.messages()[-1].code)


def enter(
    scene: Scene, sign_in_id: str, *, caller: Caller | None = None, **entry: Any
) -> Admission | Continued | Refused:
    """Enter the second factor; returns the outcome. An ended sign-in is a refusal like any other."""
    work = scene.work("pass_second_factor", Call.FACTOR, caller=caller)
    try:
        return attempt(work, second_factor.enter, sign_in_id, **entry)
    except Refused as refused:
        return refused


def passes(scene: Scene, sign_in_id: str, *, caller: Caller | None = None, **entry: Any) -> Admission:
    """Check that the entry signs the person in."""
    outcome = enter(scene, sign_in_id, caller=caller, **entry)
    assert isinstance(outcome, Admission), outcome
    return outcome


def reason_of(scene: Scene, sign_in_id: str, **entry: Any) -> str:
    """The true reason of a refused entry, after checking that attempt and public answer agree with it."""
    outcome = enter(scene, sign_in_id, **entry)
    assert isinstance(outcome, Refused), outcome
    left = scene.attempts()[-1]
    assert (left.outcome, left.reason) == ("refused", outcome.reason.code)
    codes = {401: "invalid_second_factor", 410: "sign_in_expired"}
    assert codes[left.status] == left.code
    return str(outcome.reason.code)


def trusted(scene: Scene, name: str, *, caller: Caller | None = None) -> str:
    """The token of a device that somebody with a second password trusts from now on."""
    entered = passes(scene, waiting(scene, name, caller=caller), caller=caller, second_password=SECOND_PASSWORD)
    assert entered.device_token is not None
    return entered.device_token


def why_asked(scene: Scene, name: str, caller: Caller, **more: Any) -> str | None:
    """Why somebody is asked for the factor on a device, None if they are not."""
    outcome = scene.try_to_sign_in(address_of(name), password_of(name), caller=caller, **more)
    assert isinstance(outcome, Admission | Continued), outcome
    reason = scene.attempts()[-1].reason
    assert (reason is None) == isinstance(outcome, Admission)
    return None if reason is None else str(reason)


def codes(scene: Scene) -> list[Row[Any]]:
    """All codes issued so far, ended ones included."""
    return list(scene.rows(OneTimeCode))


def pending(scene: Scene) -> list[Row[Any]]:
    """All pending sign-ins, ended ones included."""
    return list(scene.rows(PendingSignIn))


def devices(scene: Scene) -> list[Row[Any]]:
    """All devices, those no longer trusted included."""
    return list(scene.rows(TrustedDevice))


MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
INSTANT = timedelta(microseconds=1)
DAY = timedelta(days=1)
