"""Reasons why an invitation or reset link cannot be used."""

from logindrill.rules.reasons import remedies as r
from logindrill.rules.reasons.reason import About, Reason

_PUBLIC = "link_unusable"

LINK_SUPERSEDED = Reason(
    "link_superseded",
    _PUBLIC,
    ("A2", "A12", "rule-5"),
    "A newer link was sent, and only the newest link works.",
    (r.USE_NEWEST_LINK, r.ASK_NEW_RESET, *r.RESEND),
    About.LINK,
)
LINK_EXPIRED = Reason(
    "link_expired",
    _PUBLIC,
    ("A2", "A12"),
    "The link has expired.",
    (r.USE_NEWEST_LINK, r.ASK_NEW_RESET, *r.RESEND),
    About.LINK,
)
LINK_USED = Reason(
    "link_used",
    _PUBLIC,
    ("A2", "A12"),
    "The link was already used; it works only once.",
    (
        *(r.SIGN_IN_AGAIN, r.EXCLUDE_FROM_SCANNING, r.KEEP_LINKS_UNUSED, r.USE_NEWEST_LINK, r.ASK_NEW_RESET),
        *r.RESEND,
    ),
    About.LINK,
)
LINK_VOID = Reason(
    "link_void",
    _PUBLIC,
    ("A12", "A26"),
    "The link was revoked, or a change of the account made it invalid.",
    (r.USE_NEWEST_LINK, r.ASK_NEW_RESET, *r.RESEND, *r.REACTIVATE),
    About.LINK,
)
LINK_UNKNOWN = Reason(
    "link_unknown",
    _PUBLIC,
    ("A2", "A12"),
    "The link has the right format, but this sandbox never issued it.",
    (r.USE_NEWEST_LINK, r.ASK_NEW_RESET, *r.RESEND),
    About.LINK,
)
LINK_DAMAGED = Reason(
    "link_damaged",
    _PUBLIC,
    ("A2", "A12"),
    "The link was cut off, changed or forged.",
    (r.COPY_WHOLE_LINK, r.ASK_NEW_RESET, *r.RESEND),
    About.LINK,
)
