"""Reasons why a staff order is refused: a missing permission, a wrong state, or a value that is taken."""

from logindrill.rules.reasons import remedies as r
from logindrill.rules.reasons.reason import About, Reason, Remedy


def _order(code: str, rule_ids: tuple[str, ...], cause: str, *remedies: Remedy, problem: str | None = None) -> Reason:
    return Reason(code, code if problem is None else problem, rule_ids, cause, remedies, About.ORDER)


MISSING_PERMISSION = _order(
    "missing_permission",
    ("A25", "rule-1"),
    "The role lacks the permission, or is lower than the role of the other person.",
    r.ASK_PERMITTED,
    problem="forbidden",
)
NOT_PUBLISHED = _order("not_published", ("B9",), "The message is not published to this contact.", r.PUBLISH)
NOT_ON_MOBILE = _order("not_on_mobile", ("A5", "A33"), "The mobile app supports conversations only.", r.USE_WEB)
REAUTHENTICATION_REQUIRED = _order(
    "reauthentication_required",
    ("proof",),
    "In this session, the second factor was passed too long ago to change it now.",
    r.PROVE_AGAIN,
)
EMAIL_TAKEN = _order(
    "email_taken",
    ("A1", "rule-3"),
    "An account already has this address; accounts of every status count.",
    *(*r.REACTIVATE, *r.RESEND, r.RESTORE_MERGED, r.RELEASE_EMAIL, r.USE_OTHER_ADDRESS),
)
USERNAME_TAKEN = _order("username_taken", ("C7",), "An account already has this username.", r.USE_OTHER_ADDRESS)
PHONE_TAKEN = _order(
    "phone_taken",
    ("B1",),
    "The number stands on the card of another contact already, in whatever state.",
    r.USE_OTHER_ADDRESS,
)
ID_TAKEN = _order(
    "id_taken",
    ("ids",),
    "This ID is already in use: delete what uses it, or leave the ID out to get a generated one.",
    r.CORRECT_FIELD,
)
LAST_OWNER = _order("last_owner", ("A25",), "The company would have no active owner.", r.APPOINT_OWNER)
OWN_ACCOUNT = _order("own_account", ("A25",), "Nobody can do this to their own account.", r.ASK_OTHER_ADMIN)
INVALID_TRANSITION = _order(
    "invalid_transition",
    ("rule-2",),
    "The status of the account or membership does not allow this step.",
    r.TAKE_OTHER_STEP,
)
CLOCK_BACKWARDS = _order("clock_backwards", ("rule-8",), "The sandbox's clock only goes forward.", r.MOVE_FORWARD)
TOO_MANY_SANDBOXES = _order(
    "too_many_sandboxes",
    ("quotas",),
    "This installation has as many sandboxes as are allowed.",
    r.REMOVE_SANDBOXES,
)
TOO_MANY_SNAPSHOTS = _order(
    "too_many_snapshots", ("quotas",), "The sandbox has as many snapshots as are allowed.", r.REMOVE_SANDBOXES
)
MORE_THAN_ONE_COMPANY = _order(
    "more_than_one_company",
    ("rule-3", "C10"),
    "The person belongs to another company too; only the person or support changes what belongs to the person.",
    r.CHANGE_IT_ONESELF,
    r.HAVE_SUPPORT_DO_IT,
    r.RESEND_BY_EMAIL,
)
NOT_OFFERED = _order("not_offered", ("presets",), "The preset of this sandbox does not offer this.", r.CHANGE_POLICY)
NOT_FOUND = _order("not_found", ("ids",), "It does not exist in this sandbox, or it belongs to somebody else.")
