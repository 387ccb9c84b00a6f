"""Finds causes in an account's state that must be fixed before a new link, code or sign-in can help."""

from logindrill.rules.findings import Finding, failed
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.reasons import DEACTIVATED, DELETED, MERGED

_ENDED = {
    UserStatus.DEACTIVATED: failed("deactivation", DEACTIVATED, "the account is deactivated"),
    UserStatus.MERGED: failed("merger", MERGED, "the account was merged into another"),
    UserStatus.DELETED: failed("identifier", DELETED, "the account was deleted"),
}


def ended_by(status: UserStatus | None) -> tuple[Finding, ...]:
    """The cause that the account's state adds to an expired or used credential.

    None where the account is active (A26, C11).
    """
    found = None if status is None else _ENDED.get(status)
    return () if found is None else (found,)
