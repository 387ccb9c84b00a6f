"""The client's connection: network, browser, cache, origin or a fault keep every call out (A30-A32)."""

from functools import partial

from logindrill.rules.reasons import (
    BROWSER_UNSUPPORTED,
    FAULT,
    HOTSPOT,
    OFFLINE,
    ORIGIN_REFUSED,
    STALE_CACHE,
)
from logindrill.scenarios.actors import WITH_WHATSAPP, whatsapp
from logindrill.scenarios.scenario import Scenario, Symptom
from logindrill.scenarios.step import ClientDevice
from logindrill.scenarios.verbs.entering import signs_in
from logindrill.scenarios.verbs.second_factor import signs_in_with_otp
from logindrill.scenarios.verbs.tester import arms, disarms, ends_condition, meets

_never_loads = partial(Scenario, preset="business-chat", symptom=Symptom.NEVER_LOADS)

_STUCK = (503, "network_unsupported")
_CLEARED = ClientDevice("browser, cleared", {"X-Client": "web/1.0"})
_CHROME = ClientDevice("Chrome", {"X-Client": "web/1.0"})
_ELSEWHERE = ClientDevice(
    "page of another site",
    {"X-Client": "web/1.0", "Origin": "https://app.example.test", "Cookie": "ld_session=of-before"},
)

SCENARIOS = (
    _never_loads(
        name="offline",
        rules=("A30",),
        story="Ben's laptop has lost its connection; nothing loads at all.",
        scene=(meets("{person.first}'s laptop loses its connection", network="offline"),),
        tries=(signs_in().answered(0),),
        cause=OFFLINE,
        remedy="reconnect",
        cure=(ends_condition("{person.first} connects to the internet again"),),
        after=(signs_in(),),
    ),
    _never_loads(
        name="stuck-on-hotspot",
        rules=("A30",),
        story="Ben works on the train over his phone's hotspot; the sign-in page loads and loads.",
        scene=(meets("{person.first} connects through a mobile hotspot", network="hotspot"),),
        tries=(signs_in().answered(*_STUCK),),
        cause=HOTSPOT,
        remedy="use_wifi",
        cure=(ends_condition("{person.first} leaves the hotspot for Wi-Fi"),),
        after=(signs_in(),),
    ),
    _never_loads(
        name="stuck-on-stale-cache",
        rules=("A31", "A20"),
        story="Since the service was updated, the sign-in page never finishes loading for Ben.",
        cast=WITH_WHATSAPP,
        scene=(
            *signs_in_with_otp(),
            meets("{person.first}'s browser keeps an old copy of the page", cache="stale"),
        ),
        tries=(signs_in().answered(*_STUCK),),
        cause=STALE_CACHE,
        remedy="clear_data",
        cure=(ends_condition("{person.first} clears cache and cookies and reloads the page"),),
        after=signs_in_with_otp(how="and is asked for a code, since the cookies are gone too", device=_CLEARED),
    ),
    _never_loads(
        name="stuck-on-other-browser",
        rules=("A32", "A20"),
        story="Ben tries a browser that nobody else uses; the sign-in page never finishes loading there.",
        cast=whatsapp(browsers__supported=["chrome", "edge"]),
        scene=(*signs_in_with_otp(), meets("{person.first} uses another browser", browser="other")),
        tries=(signs_in().answered(*_STUCK),),
        cause=BROWSER_UNSUPPORTED,
        remedy="use_chrome",
        cure=(ends_condition("{person.first} switches to Chrome"),),
        after=signs_in_with_otp(how="and is asked for a code, since Chrome is new to the service", device=_CHROME),
    ),
    _never_loads(
        name="sign-in-page-of-another-site",
        rules=("origins",),
        symptom=Symptom.ERROR_TEXT,
        story="The web app moved to another address, and since then all its sign-ins are refused.",
        tries=(signs_in(how="on a page of another site", device=_ELSEWHERE).answered(403, "origin_refused"),),
        cause=ORIGIN_REFUSED,
        remedy="call_from_here",
        after=(signs_in(how="on a page of this site"),),
    ),
    _never_loads(
        name="service-falters",
        rules=("faults",),
        symptom=Symptom.ERROR_TEXT,
        story="For some minutes every sign-in gets an error that does not say why.",
        scene=(arms("the service has an outage", "sign_in", status=503, body={"error": "unavailable"}),),
        tries=(signs_in().answered(503, body={"/error": "unavailable"}),),
        cause=FAULT,
        remedy="end_fault",
        cure=(disarms("the outage is over"),),
        after=(signs_in(),),
    ),
)
