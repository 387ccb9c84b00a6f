"""Reasons why a client's connection did not reach the service, and the effects of faults."""

from logindrill.rules.reasons import developer_remedies as d
from logindrill.rules.reasons import remedies as r
from logindrill.rules.reasons.reason import About, Reason

_STUCK = "network_unsupported"

VPN = Reason(
    "vpn",
    "network_blocked",
    ("B10",),
    "The client used a VPN, which this sandbox does not allow.",
    (r.LEAVE_VPN, r.CHANGE_POLICY),
    About.CALLER,
)
APP_OUTDATED = Reason(
    "app_outdated",
    "app_update_required",
    ("C15",),
    "The mobile app is older than the oldest supported version.",
    (r.UPDATE_APP,),
    About.CALLER,
)
APP_VERSION_UNREADABLE = Reason(
    "app_version_unreadable",
    "app_update_required",
    ("C15",),
    "The version that the mobile app sent cannot be read, so it cannot be compared with the oldest supported one.",
    (r.TELL_VERSION, r.UPDATE_APP),
    About.CALLER,
)
HOTSPOT = Reason(
    "hotspot",
    _STUCK,
    ("A30",),
    "The client is on a mobile hotspot, which is not supported: pages never finish loading.",
    (r.USE_WIFI, r.END_CONDITION),
    About.CALLER,
)
STALE_CACHE = Reason(
    "stale_cache",
    _STUCK,
    ("A31",),
    "The browser uses an old copy of the page from its cache.",
    (r.CLEAR_DATA, r.END_CONDITION),
    About.CALLER,
)
BROWSER_UNSUPPORTED = Reason(
    "browser_unsupported",
    _STUCK,
    ("A32",),
    "The browser is not supported.",
    (r.USE_CHROME, r.END_CONDITION),
    About.CALLER,
)
OFFLINE = Reason(
    "offline",
    _STUCK,
    ("A30", "B5"),
    "The client has no network connection.",
    (r.RECONNECT, r.END_CONDITION),
    About.CALLER,
)
ORIGIN_REFUSED = Reason(
    "origin_refused",
    "origin_refused",
    ("origins",),
    "A page from another origin sent the request, with the browser's cookies.",
    (r.CALL_FROM_HERE,),
    About.CALLER,
)
TOKEN_FALSIFIED = Reason(
    "token_falsified",
    "",
    ("faults",),
    "A fault that the tester set falsified the answer: an application must refuse it.",
    (d.REFUSE_FALSIFIED, r.END_FAULT),
    About.FAULT,
)
FAULT = Reason(
    "fault",
    "",
    ("faults",),
    "A fault that the tester set answered instead of the service.",
    (r.END_FAULT, r.TRY_AGAIN),
    About.FAULT,
)
