"""Reasons about second factors, confirmation codes and pending sign-ins."""

from logindrill.rules.reasons import remedies as r
from logindrill.rules.reasons.reason import About, Reason

_PUBLIC = "invalid_second_factor"
_OVER = "sign_in_expired"

WRONG_SECOND_PASSWORD = Reason(
    "wrong_second_password",
    _PUBLIC,
    ("A19",),
    "The second password that was typed is wrong.",
    (r.RETYPE_PASSWORD, r.SIGN_IN_AGAIN, *r.REMOVE_FACTOR),
    About.CODE,
)
WRONG_CODE = Reason(
    "wrong_code",
    _PUBLIC,
    ("A19", "B11", "rule-6"),
    "The digits match no code that this person was given.",
    (r.RETYPE_CODE, r.SIGN_IN_AGAIN, r.ASK_NEW_CODE),
    About.CODE,
)
CODE_NOT_EXACT = Reason(
    "code_not_exact",
    _PUBLIC,
    ("rule-10",),
    "The digits are right, but this service takes a code only exactly as it is shown.",
    (r.RETYPE_CODE, r.READ_CODES_FORGIVINGLY),
    About.CODE,
)
SUPERSEDED_CODE = Reason(
    "superseded_code",
    _PUBLIC,
    ("B11", "rule-5"),
    "A newer code was issued after this one, and only the newest code works.",
    (r.USE_NEWEST_CODE, r.ASK_NEW_CODE),
    About.CODE,
)
EXPIRED_CODE = Reason(
    "expired_code",
    _PUBLIC,
    ("A23", "B11"),
    "The code was right, but it has expired; its time counts from when it was issued.",
    (r.USE_NEWEST_CODE, r.ASK_NEW_CODE, r.RETYPE_CODE, r.SET_CLOCK),
    About.CODE,
)
EARLY_CODE = Reason(
    "early_code",
    _PUBLIC,
    ("A19",),
    "The authenticator app should show this code only later: the phone's clock is ahead.",
    (r.SET_CLOCK,),
    About.CODE,
)
USED_CODE = Reason(
    "used_code",
    _PUBLIC,
    ("B11", "rule-5"),
    "The code was right, but it was already used.",
    (r.USE_NEWEST_CODE, r.ASK_NEW_CODE, r.USE_NEXT_CODE, r.RETYPE_CODE),
    About.CODE,
)
VOID_CODE = Reason(
    "void_code",
    _PUBLIC,
    ("A26", "rule-5"),
    "The code was right, but a change of the account made it invalid.",
    (r.USE_NEWEST_CODE, r.ASK_NEW_CODE),
    About.CODE,
)
NO_CODE = Reason(
    "no_code",
    _PUBLIC,
    ("B11",),
    "No code was issued that this entry could match.",
    (r.ASK_NEW_CODE,),
    About.CODE,
)
OTHER_SIGN_IN = Reason(
    "other_sign_in",
    _PUBLIC,
    ("A19", "A23"),
    "The code belongs to another sign-in of the same person.",
    (r.ASK_NEW_CODE, r.SIGN_IN_AGAIN),
    About.CODE,
)
TOO_MANY_CODE_ATTEMPTS = Reason(
    "too_many_code_attempts",
    _PUBLIC,
    ("rule-6",),
    "Too many wrong entries ended the code, or were made for this account within the window.",
    (r.ASK_NEW_CODE, r.SIGN_IN_AGAIN, r.WAIT_FOR_CODES),
    About.CODE,
)
SIGN_IN_EXPIRED = Reason(
    "sign_in_expired",
    _OVER,
    ("A19", "A23"),
    "The pending sign-in expired: too much time passed since the last code.",
    (r.SIGN_IN_AGAIN,),
    About.SIGN_IN,
)
SIGN_IN_USED = Reason(
    "sign_in_used",
    _OVER,
    ("A19",),
    "The pending sign-in was already completed.",
    (r.SIGN_IN_AGAIN,),
    About.SIGN_IN,
)
SIGN_IN_UNKNOWN = Reason(
    "sign_in_unknown",
    _OVER,
    ("A19",),
    "There is no such pending sign-in, or its id was damaged.",
    (r.SIGN_IN_AGAIN,),
    About.SIGN_IN,
)
SIGN_IN_VOID = Reason(
    "sign_in_void",
    _OVER,
    ("A19", "A26"),
    "Too many wrong entries or a change of the account ended the pending sign-in.",
    (r.SIGN_IN_AGAIN,),
    About.SIGN_IN,
)
