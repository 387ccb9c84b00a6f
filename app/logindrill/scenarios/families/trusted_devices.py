"""Asked for the second factor again: the device is not trusted for this person, or no longer (A20, A21)."""

from functools import partial

from logindrill.rules.reasons import (
    DEVICE_NOT_SENT,
    DEVICE_OF_ANOTHER_USER,
    DEVICE_REVOKED,
    DEVICE_TRUST_EXPIRED,
    DEVICE_UNKNOWN,
    INSTALLATION_NEW,
    SECOND_FACTOR_REQUESTED,
)
from logindrill.scenarios.actors import NEW_PASSWORD, WITH_WHATSAPP
from logindrill.scenarios.scenario import Cast, Scenario, Symptom
from logindrill.scenarios.step import ASKED_FOR_FACTOR, OTHER_BROWSER, PHONE, REINSTALLED, ClientDevice
from logindrill.scenarios.verbs.entering import signs_in
from logindrill.scenarios.verbs.inbox import RESET, reads
from logindrill.scenarios.verbs.links import asks_for_reset, sets_password
from logindrill.scenarios.verbs.second_factor import is_asked, passes_otp, signs_in_with_otp
from logindrill.scenarios.verbs.tester import waits

_asked_again = partial(
    Scenario,
    preset="business-chat",
    symptom=Symptom.ASKED_FOR_CODE_AGAIN,
    cast=WITH_WHATSAPP,
    remedy="pass_factor",
)

_TOMS_TOKEN = "the-token-of-the-computer-that-tom-uses-too"
_SHARED_COMPUTER = ClientDevice("shared computer", {"X-Client": "web/1.0", "X-Device-Token": _TOMS_TOKEN})
_TOM = {
    "id": "usr_tom",
    "name": "Tom Thorn",
    "password": "thorn and tom by the sea",
    "emails": [{"address": "tom.thorn@example.test"}],
    "memberships": [{"company": "co_harbour", "role": "member"}],
    "devices": [{"name": "shared computer", "token": _TOMS_TOKEN, "trusted_at": "-P1D"}],
}
_RESTORED_PHONE = ClientDevice("new phone", {**REINSTALLED.headers, "X-Device-Token": "{device_token}"})

SCENARIOS = (
    _asked_again(
        name="new-device-asks-second-factor",
        rules=("A20",),
        story="Ben signs in on a new computer and is asked for a code. This is intended.",
        scene=signs_in_with_otp(),
        tries=(is_asked(how="in another browser", device=OTHER_BROWSER),),
        cause=DEVICE_NOT_SENT,
        cure=passes_otp(OTHER_BROWSER),
        after=(signs_in(how="there again, and is not asked", device=OTHER_BROWSER),),
    ),
    _asked_again(
        name="trusted-device-after-30-days",
        rules=("A21",),
        story="Ben's computer asked for no code for weeks; today it does again, though he used it every day.",
        scene=(
            *signs_in_with_otp(),
            waits("P29D", "29 days"),
            signs_in(how="without a code"),
            waits("P1D", "24 hours"),
        ),
        tries=(is_asked(),),
        cause=DEVICE_TRUST_EXPIRED,
        cure=passes_otp(),
        after=(signs_in(how="again, and is not asked"),),
    ),
    _asked_again(
        name="second-factor-after-a-reset",
        rules=("A9", "A20"),
        story="Ben set a new password and is asked for a code on the same computer that was trusted.",
        scene=(*signs_in_with_otp(), asks_for_reset(), reads(RESET), sets_password()),
        tries=(is_asked(how="with the new password", password=NEW_PASSWORD),),
        cause=DEVICE_REVOKED,
        cure=passes_otp(),
        after=(signs_in(how="again, and is not asked", password=NEW_PASSWORD),),
    ),
    _asked_again(
        name="second-factor-after-reinstalling",
        rules=("A20", "A35"),
        story="Ben reinstalled the mobile app and is asked for a code, on the same phone.",
        scene=signs_in_with_otp(device=PHONE),
        tries=(is_asked(how="in the reinstalled app", device=REINSTALLED),),
        cause=INSTALLATION_NEW,
        cure=passes_otp(REINSTALLED),
        after=(signs_in(how="again, and is not asked", device=REINSTALLED),),
    ),
    _asked_again(
        name="second-factor-on-a-restored-phone",
        rules=("A20",),
        story="Ben moved to a new phone from a backup with all app data, and is asked for a code there.",
        scene=(
            *signs_in_with_otp(device=PHONE)[:-1],
            signs_in_with_otp(device=PHONE)[-1].keeping(device_token="/device_token"),
        ),
        tries=(is_asked(how="on the new phone", device=_RESTORED_PHONE),),
        cause=DEVICE_UNKNOWN,
        cure=passes_otp(_RESTORED_PHONE),
        after=(signs_in(how="again, and is not asked", device=_RESTORED_PHONE),),
    ),
    _asked_again(
        name="second-factor-on-a-shared-computer",
        rules=("A20",),
        story="Tom trusts the computer in the back office; Ben, who signs in there after him, is asked for a code.",
        cast=Cast(person=WITH_WHATSAPP.person, others=(_TOM,)),
        tries=(is_asked(how="on the shared computer", device=_SHARED_COMPUTER),),
        cause=DEVICE_OF_ANOTHER_USER,
        cure=passes_otp(_SHARED_COMPUTER),
        after=(signs_in(how="there again, and is not asked", device=_SHARED_COMPUTER),),
    ),
    _asked_again(
        name="second-factor-though-trusted",
        rules=("A19", "A20"),
        story="Ben's app asks for a code although the device is trusted: its next step requires the second factor.",
        scene=signs_in_with_otp(),
        tries=(signs_in(how="and the app asks for the factor", seen=ASKED_FOR_FACTOR, ask_second_factor=True),),
        cause=SECOND_FACTOR_REQUESTED,
        cure=passes_otp(),
        after=(signs_in(how="again, and is not asked"),),
    ),
)
