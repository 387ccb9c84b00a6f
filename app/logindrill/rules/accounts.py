"""What must be cured of an account before a new link, code or sign-in helps: a dead one alone says half of it."""

from logindrill.rules.findings import Finding, failed
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.reasons import DEACTIVATED, DELETED, MERGED

_ENDED = {
    UserStatus.DEACTIVATED: failed("deactivation", DEACTIVATED, "the account is deactivated"),
    UserStatus.MERGED: failed("merger", MERGED, "the account was merged into another"),
    UserStatus.DELETED: failed("identifier", DELETED, "the account was deleted"),
}


def ended_by(status: UserStatus | None) -> tuple[Finding, ...]:
    """What the account's state adds to a dead credential of its owner; nothing where it is in order (A26, C11)."""
    found = None if status is None else _ENDED.get(status)
    return () if found is None else (found,)
