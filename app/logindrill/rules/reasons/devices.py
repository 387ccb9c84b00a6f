"""Reasons why a second factor or a code is asked for: the device is not trusted for this person."""

from logindrill.rules.reasons import remedies as r
from logindrill.rules.reasons.reason import About, Reason, Remedy


def _device(code: str, rule_ids: tuple[str, ...], cause: str, *remedies: Remedy) -> Reason:
    return Reason(code, "", rule_ids, cause, (r.PASS_FACTOR, *remedies), About.DEVICE)


_LOST = (r.REMOVE_FACTOR_BY_ADMIN, r.REMOVE_FACTOR_BY_PROFESSIONAL)
"""Not by staff: those whom they look after are contacts, who have no second factor."""
DEVICE_NOT_SENT = _device(
    "device_not_sent", ("A20", "B8"), "The client sent no device token: this is a new device.", *_LOST
)
DEVICE_UNKNOWN = _device("device_unknown", ("A20", "B8"), "This sandbox gave this client no such device token.", *_LOST)
DEVICE_OF_ANOTHER_USER = _device(
    "device_of_another_user", ("A20",), "The device is trusted for somebody else, not for this person."
)
DEVICE_TRUST_EXPIRED = _device(
    "device_trust_expired",
    ("A21",),
    ("The trust in the device has expired; it counts from when the second factor was passed."),
    *_LOST,
)
DEVICE_REVOKED = _device(
    "device_revoked",
    ("A9", "A26"),
    "The trust in the device was revoked, or a change of the password, second factor or account ended it.",
    *_LOST,
)
INSTALLATION_NEW = _device(
    "installation_new", ("A20", "A35"), "The mobile app was newly installed, which makes it a new device.", *_LOST
)
COOKIES_INCOGNITO = _device(
    "cookies_incognito",
    ("B6",),
    ("The visit in the private window ended, and the browser deleted the cookie of the device."),
    r.KEEP_COOKIES,
)
COOKIES_AUTO_DELETED = _device(
    "cookies_auto_deleted",
    ("B7",),
    ("The browser deletes cookies when a visit ends, so it deleted the cookie of the device."),
    r.KEEP_COOKIES,
)
SECOND_FACTOR_REQUESTED = _device(
    "second_factor_requested", ("A19",), "The client asked for the second factor, even on a trusted device."
)
