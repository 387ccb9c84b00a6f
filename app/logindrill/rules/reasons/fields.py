"""Reasons why a field is not accepted; the public sees the field's own code under `validation_failed`."""

from logindrill.rules.reasons import remedies as r
from logindrill.rules.reasons.reason import About, Reason, Remedy


def _field(code: str, rule_ids: tuple[str, ...], cause: str, *remedies: Remedy) -> Reason:
    return Reason(code, "validation_failed", rule_ids, cause, remedies or (r.CORRECT_FIELD,), About.FIELD)


PASSWORD_TOO_SHORT = _field(
    "password_too_short", ("A13",), "The new password has too few characters.", r.CHOOSE_OTHER_PASSWORD
)
PASSWORD_TOO_LONG = _field(
    "password_too_long", ("A13",), "The new password has too many characters.", r.CHOOSE_OTHER_PASSWORD
)
PASSWORD_MISMATCH = _field(
    "password_mismatch", ("A14",), "The password and its confirmation are different.", r.RETYPE_CONFIRMATION
)
PASSWORD_TOO_COMMON = _field(
    "password_too_common",
    ("D8",),
    "The new password is common, or is made of words from the account.",
    r.CHOOSE_OTHER_PASSWORD,
)
PASSWORD_UNCHANGED = _field(
    "password_unchanged", ("C8",), "The new password is the same as the old one.", r.CHOOSE_OTHER_PASSWORD
)
FIELD_REQUIRED = _field("field_required", ("fields",), "A required field is missing.")
FIELD_INVALID = _field("field_invalid", ("fields",), "The value of a field is invalid.")
FIELD_UNKNOWN = _field("field_unknown", ("fields",), "A field, or a name in it, is unknown.")

FIELD_REASONS = {
    "too_short": PASSWORD_TOO_SHORT,
    "too_long": PASSWORD_TOO_LONG,
    "mismatch": PASSWORD_MISMATCH,
    "too_common": PASSWORD_TOO_COMMON,
    "unchanged": PASSWORD_UNCHANGED,
    "required": FIELD_REQUIRED,
    "invalid": FIELD_INVALID,
    "unknown": FIELD_UNKNOWN,
}
