"""Reasons why a session is not valid, or ended."""

from logindrill.rules.reasons import remedies as r
from logindrill.rules.reasons.reason import About, Reason, Remedy


def _session(code: str, rule_ids: tuple[str, ...], cause: str, *remedies: Remedy) -> Reason:
    return Reason(code, "unauthenticated", rule_ids, cause, remedies or (r.SIGN_IN_AGAIN,), About.SESSION)


NO_SESSION = _session("no_session", ("A26",), "The request carried no session.")
SESSION_UNKNOWN = _session("session_unknown", ("A26",), "The session token is unknown in this sandbox.")
TOKEN_MALFORMED = _session(
    "token_malformed",
    ("A26",),
    "What was sent is not a token: the scheme is not Bearer, or the text does not begin with mock_.",
    r.SEND_ACCESS_TOKEN,
    r.SIGN_IN_AGAIN,
)
TOKEN_OF_ANOTHER_SANDBOX = _session(
    "token_of_another_sandbox",
    ("A26",),
    "The token opens a session of another sandbox.",
    r.SEND_ACCESS_TOKEN,
    r.SIGN_IN_AGAIN,
)
TOKEN_OF_ANOTHER_KIND = _session(
    "token_of_another_kind",
    ("A26",),
    "Something else was sent in place of an access token: a link, a code, a device, an unfinished sign-in, an id, or a "
    "token of OpenID Connect.",
    r.SEND_ACCESS_TOKEN,
    r.SIGN_IN_AGAIN,
)
COOKIE_WITHHELD = _session(
    "cookie_withheld",
    ("A26",),
    "The app's page and the service are different sites by host name, so the browser sends no cookie.",
    r.USE_ONE_HOST_NAME,
)
SESSION_EXPIRED = _session("session_expired", ("A26",), "The session reached its maximum duration.")
SESSION_IDLE = _session("session_idle", ("A26",), "The session was idle for too long.")
SIGNED_OUT = _session("signed_out", ("A26",), "The person signed out of this session.")
SESSION_ENDED_BY_USER = _session("session_ended_by_user", ("A26",), "The person ended this session from another one.")
SESSION_ENDED_BY_ADMIN = _session(
    "session_ended_by_admin", ("A26",), "Somebody with permission ended the person's sessions."
)
PASSWORD_CHANGED = _session(
    "password_changed", ("A9",), "The password was changed later, which ended every other session."
)
PASSWORD_RESET = _session("password_reset", ("A9", "A12"), "The password was reset later, which ended every session.")
FACTOR_CHANGED = _session(
    "factor_changed", ("A18",), "The second factor was changed later, which ended every other session."
)
VISIT_ENDED = _session(
    "visit_ended",
    ("B6", "B7"),
    "The visit ended, and the browser deleted the cookie of the session.",
    r.SIGN_IN_AGAIN,
    r.KEEP_COOKIES,
)
MEMBERSHIP_ENDED = _session(
    "membership_ended",
    ("rule-3",),
    "The person no longer belongs to the company of the session.",
    r.CHOOSE_OTHER_COMPANY,
    *r.INVITE,
)
INSTALLATION_BROKEN = _session(
    "installation_broken",
    ("A35",),
    "The installation of the mobile app is broken and loses every session.",
    r.REINSTALL,
)
SESSION_VOID = _session("session_void", ("A26",), "A later change of the account ended this session.")
