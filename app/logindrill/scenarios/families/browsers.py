"""Browsers of every kind of machine: the web version works in them (A29)."""

from logindrill.scenarios.scenario import Scenario, Symptom
from logindrill.scenarios.step import SIGNED_IN, ClientDevice, Seen
from logindrill.scenarios.verbs.entering import opens, signs_in

_LAPTOP = ClientDevice("laptop", {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/126.0 Safari/537.36"})
_TABLET = ClientDevice("tablet", {"User-Agent": "Mozilla/5.0 (Linux; Android 14; Tab) Chrome/126.0 Safari/537.36"})
_PHONE = ClientDevice(
    "phone's browser", {"User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36"}
)
_NOT_WARNED = Seen(201, SIGNED_IN.code, body={"/session/client": "web", "/session/warnings": []})
_WARNED = Seen(201, SIGNED_IN.code, body={"/session/client": "web", "/session/warnings/0": "mobile_browser"})

SCENARIOS = (
    Scenario(
        name="signed-in-on-laptop-and-tablet",
        preset="business-chat",
        rules=("A29",),
        symptom=Symptom.NONE,
        story="Ben uses the web version on his laptop and on his tablet, at the same time.",
        tries=(
            signs_in(how="on the laptop", device=_LAPTOP, seen=_NOT_WARNED),
            signs_in(how="on the tablet", device=_TABLET, seen=_NOT_WARNED),
            opens("/reports", operation="list_reports", device=_LAPTOP),
            opens("/reports", operation="list_reports", device=_TABLET),
        ),
    ),
    Scenario(
        name="web-version-on-a-phone",
        preset="business-chat",
        rules=("A29",),
        symptom=Symptom.NONE,
        story="Ben opens the web version in his phone's browser. It works, and a warning recommends the app.",
        tries=(
            signs_in(how="in the phone's browser", device=_PHONE, seen=_WARNED),
            opens("/reports", operation="list_reports", device=_PHONE),
        ),
    ),
)
