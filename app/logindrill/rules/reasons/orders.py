"""Why an order was not obeyed: permission, state, or something that is taken."""

from logindrill.rules.reasons import remedies as r
from logindrill.rules.reasons.reason import About, Reason, Remedy


def _order(code: str, rule_ids: tuple[str, ...], cause: str, *remedies: Remedy, problem: str | None = None) -> Reason:
    return Reason(code, code if problem is None else problem, rule_ids, cause, remedies, About.ORDER)


MISSING_PERMISSION = _order(
    "missing_permission",
    ("A25", "rule-1"),
    "The role lacks the permission, or does not reach as high as the person or role acted on.",
    r.ASK_PERMITTED,
    problem="forbidden",
)
NOT_PUBLISHED = _order("not_published", ("B9",), "The message is not published to this contact.", r.PUBLISH)
NOT_ON_MOBILE = _order("not_on_mobile", ("A5", "A33"), "The mobile app handles conversations only.", r.USE_WEB)
REAUTHENTICATION_REQUIRED = _order(
    "reauthentication_required",
    ("proof",),
    "The second factor was not passed recently enough in this session to change it.",
    r.PROVE_AGAIN,
)
EMAIL_TAKEN = _order(
    "email_taken",
    ("A1", "rule-3"),
    "The address is held by an account already, in whatever state.",
    r.USE_OTHER_ADDRESS,
)
USERNAME_TAKEN = _order("username_taken", ("C7",), "The username is held by an account already.", r.USE_OTHER_ADDRESS)
PHONE_TAKEN = _order(
    "phone_taken",
    ("B1",),
    "The number stands on the card of another contact already, in whatever state.",
    r.USE_OTHER_ADDRESS,
)
ID_TAKEN = _order(
    "id_taken",
    ("ids",),
    "There is one of this id: remove it, or leave the id out and be given another.",
    r.CORRECT_FIELD,
)
LAST_OWNER = _order("last_owner", ("A25",), "The company would be left without an active owner.", r.APPOINT_OWNER)
OWN_ACCOUNT = _order("own_account", ("A25",), "Nobody does this to their own account.", r.ASK_OTHER_ADMIN)
INVALID_TRANSITION = _order(
    "invalid_transition",
    ("rule-2",),
    "The account or membership is in a state that this step does not lead out of.",
    r.TAKE_OTHER_STEP,
)
CLOCK_BACKWARDS = _order("clock_backwards", ("rule-8",), "The sandbox's clock only goes forward.", r.MOVE_FORWARD)
TOO_MANY_SANDBOXES = _order(
    "too_many_sandboxes",
    ("quotas",),
    "This installation holds as many sandboxes as it may.",
    r.REMOVE_SANDBOXES,
)
TOO_MANY_SNAPSHOTS = _order(
    "too_many_snapshots", ("quotas",), "The sandbox keeps as many snapshots as it may.", r.REMOVE_SANDBOXES
)
MORE_THAN_ONE_COMPANY = _order(
    "more_than_one_company",
    ("C10",),
    "The customer belongs to more than one company, so no temporary password can be made.",
    r.RESEND_BY_EMAIL,
    problem="temporary_password_unavailable",
)
NOT_OFFERED = _order("not_offered", ("presets",), "The preset of this sandbox has no such flow.", r.CHANGE_POLICY)
NOT_FOUND = _order("not_found", ("ids",), "There is no such thing in this sandbox, or it belongs to somebody else.")
