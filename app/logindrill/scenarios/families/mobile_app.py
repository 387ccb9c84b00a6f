"""The mobile app: it offers only a part of the service, and a broken installation loses sessions (A5, A33-A35)."""

from functools import partial

from logindrill.rules.reasons import INSTALLATION_BROKEN, NOT_ON_MOBILE
from logindrill.scenarios.actors import WITH_WHATSAPP
from logindrill.scenarios.scenario import Scenario, Symptom
from logindrill.scenarios.step import PHONE, REINSTALLED, SIGNED_IN, ClientDevice, Seen
from logindrill.scenarios.verbs.entering import opens, signs_in
from logindrill.scenarios.verbs.second_factor import signs_in_with_otp
from logindrill.scenarios.verbs.tester import meets

_on_the_phone = partial(Scenario, preset="business-chat")

_MUTED_PHONE = ClientDevice("phone", {**PHONE.headers, "X-Notifications": "off"})
_WARNED = Seen(201, SIGNED_IN.code, body={"/session/warnings/0": "notifications_off"})
_NOT_WARNED = Seen(201, SIGNED_IN.code, body={"/session/warnings": []})
_BROKEN = {"user": "{person.id}", "installation": PHONE.headers["X-Installation-Id"]}

SCENARIOS = (
    _on_the_phone(
        name="logged-out-on-mobile",
        rules=("A35", "A20"),
        symptom=Symptom.THROWN_OUT,
        story="Ben's app signs him in and signs him out again at the next tap, every time.",
        cast=WITH_WHATSAPP,
        scene=(
            *signs_in_with_otp(device=PHONE),
            meets("the app on {person.first}'s phone breaks", match=_BROKEN, installation="broken"),
        ),
        tries=(
            signs_in(how="on the phone", device=PHONE),
            opens("/conversations", operation="list_conversations", device=PHONE).answered(401, "unauthenticated"),
        ),
        cause=INSTALLATION_BROKEN,
        remedy="reinstall",
        after=(
            *signs_in_with_otp(how="in the reinstalled app, and is asked for a code", device=REINSTALLED),
            opens("/conversations", operation="list_conversations", device=REINSTALLED),
        ),
    ),
    _on_the_phone(
        name="mobile-cannot-open-campaigns",
        rules=("A5", "A33"),
        symptom=Symptom.PAGE_REFUSED,
        story="Ben finds his campaigns on the laptop, and not on the phone.",
        scene=(signs_in(how="on the phone", device=PHONE),),
        tries=(
            opens("/conversations", operation="list_conversations", device=PHONE),
            opens("/campaigns", operation="list_campaigns", device=PHONE).answered(403, "not_on_mobile"),
        ),
        cause=NOT_ON_MOBILE,
        remedy="use_web",
        after=(signs_in(how="on the laptop"), opens("/campaigns", operation="list_campaigns")),
    ),
    _on_the_phone(
        name="mobile-without-notifications",
        rules=("A34",),
        symptom=Symptom.NONE,
        story="Ben gets no notifications when customers write: they are off, and the app says so.",
        tries=(
            signs_in(how="on a phone whose notifications are off", device=_MUTED_PHONE, seen=_WARNED),
            opens("/conversations", operation="list_conversations", device=_MUTED_PHONE),
            signs_in(how="after he turned them on", device=PHONE, seen=_NOT_WARNED),
        ),
    ),
)
