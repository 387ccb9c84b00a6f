"""Reasons why a sign-in with a password is refused: the identifier, the password, the account, the company."""

from logindrill.rules.reasons import remedies as r
from logindrill.rules.reasons.reason import About, Reason

_PUBLIC = "invalid_credentials"

UNKNOWN_IDENTIFIER = Reason(
    "unknown_identifier",
    _PUBLIC,
    ("A3", "A6", "C1"),
    "Nobody in this sandbox can sign in with the identifier that was typed.",
    (r.RETYPE_IDENTIFIER, r.USE_INVITED_ADDRESS, *r.INVITE),
)
WRONG_PASSWORD = Reason(
    "wrong_password",
    _PUBLIC,
    ("A6", "C1", "C2"),
    "The password that was typed is wrong.",
    (
        *(r.USE_NEWEST_TEMPORARY_PASSWORD, r.RETYPE_PASSWORD, r.RESET_PASSWORD),
        *(r.RESEND_BY_EMAIL, r.GENERATE_TEMPORARY_PASSWORD),
    ),
)
WRONG_CASE = Reason(
    "wrong_case",
    _PUBLIC,
    ("A7",),
    "What was typed is right except for upper and lower case, or for other forms of its letters.",
    (r.RETYPE_IDENTIFIER, r.RETYPE_PASSWORD),
)
EXTRA_SPACE = Reason(
    "extra_space",
    _PUBLIC,
    ("A8",),
    "What was typed is right except for a space or an invisible character.",
    (r.RETYPE_IDENTIFIER, r.RETYPE_PASSWORD),
)
SECONDARY_ADDRESS = Reason(
    "secondary_address",
    _PUBLIC,
    ("C6", "C7"),
    "This is a secondary address of the account: it receives messages, but nobody can sign in with it.",
    (r.USE_USERNAME, r.USE_MAIN_ADDRESS, r.CORRECT_ADDRESS),
)
NOT_ACTIVATED = Reason(
    "not_activated",
    _PUBLIC,
    ("A2", "A4"),
    "The person was invited but has not opened the invitation link and activated the account.",
    (r.FOLLOW_INVITATION, *r.RESEND),
)
DELETED = Reason(
    "deleted",
    _PUBLIC,
    ("A27",),
    "The account with this identifier was deleted; its data is gone and the address is free.",
    r.INVITE,
)
NOT_IN_COMPANY = Reason(
    "not_in_company",
    _PUBLIC,
    ("rule-3",),
    "The person does not belong to the company that was named, or there is no such company.",
    (r.CHOOSE_OTHER_COMPANY, *r.INVITE),
)
TEMPORARY_PASSWORD_EXPIRED = Reason(
    "temporary_password_expired",
    _PUBLIC,
    ("C8",),
    "The temporary password was right, but it has expired.",
    (r.USE_NEWEST_TEMPORARY_PASSWORD, r.GENERATE_TEMPORARY_PASSWORD, r.RESEND_BY_EMAIL),
)
TEMPORARY_PASSWORD_SUPERSEDED = Reason(
    "temporary_password_superseded",
    _PUBLIC,
    ("C8",),
    "A newer temporary password was generated and replaced this one.",
    (r.USE_NEWEST_TEMPORARY_PASSWORD, r.GENERATE_TEMPORARY_PASSWORD, r.RESEND_BY_EMAIL),
)
TEMPORARY_PASSWORD_USED = Reason(
    "temporary_password_used",
    _PUBLIC,
    ("C8",),
    "The temporary password was already used to set a new password.",
    (r.USE_NEWEST_TEMPORARY_PASSWORD, r.RETYPE_PASSWORD, r.RESET_PASSWORD, r.GENERATE_TEMPORARY_PASSWORD),
)
TEMPORARY_PASSWORD_VOID = Reason(
    "temporary_password_void",
    _PUBLIC,
    ("C8", "C10"),
    "A change of the account, such as a second company or a password reset, made the temporary password invalid.",
    (r.USE_NEWEST_TEMPORARY_PASSWORD, r.RESEND_BY_EMAIL, r.RESET_PASSWORD, r.GENERATE_TEMPORARY_PASSWORD),
)
DEACTIVATED = Reason(
    "deactivated",
    "account_deactivated",
    ("A24", "A25", "A26", "A28"),
    "The account was deactivated; its data is kept.",
    (*r.REACTIVATE, r.CHOOSE_OTHER_COMPANY),
)
MERGED = Reason(
    "merged",
    "account_disabled",
    ("C11", "C13", "C14"),
    "The account was merged into another one.",
    (r.USE_SURVIVOR, r.RESTORE_MERGED, r.RELEASE_EMAIL),
)
ACCESS_REVOKED = Reason(
    "access_revoked",
    "account_disabled",
    ("C12",),
    "The person's access to this company was revoked; access to other companies is not affected.",
    (r.RESTORE_ACCESS, r.CHOOSE_OTHER_COMPANY),
)
THROTTLED = Reason(
    "throttled",
    "too_many_attempts",
    ("rule-6", "D14"),
    "Too many sign-ins failed, or too many messages were requested, in a short time.",
    (r.WAIT_FOR_UNLOCK, *r.UNLOCK),
    About.CALLER,
)
