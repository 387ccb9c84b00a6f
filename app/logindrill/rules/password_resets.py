"""Decides whether a reset request sends a message; the public answer never discloses it (A9-A12, C3-C7)."""

from collections.abc import Sequence

from msgspec import Struct

from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.reasons import (
    DEACTIVATED,
    DELETED,
    MERGED,
    NO_ADDRESS_ON_ACCOUNT,
    NOT_ACTIVATED,
    NOT_REGISTERED,
    SECONDARY_ADDRESS,
    THROTTLED,
    Reason,
)
from logindrill.rules.sign_in_facts import KnownAs


class ResetRequestFacts(Struct, frozen=True):
    """The account behind a request for a reset; `addresses` are its own, the main one first."""

    known_as: KnownAs = KnownAs.UNKNOWN
    status: UserStatus | None = None
    addresses: Sequence[str] = ()
    is_contact: bool = False
    throttled: bool = False


_NOT_REVIVED = {
    UserStatus.INVITED: NOT_ACTIVATED,
    UserStatus.DEACTIVATED: DEACTIVATED,
    UserStatus.MERGED: MERGED,
    UserStatus.DELETED: DELETED,
}


def judge(request: ResetRequestFacts) -> tuple[Reason, ...]:
    """Every reason why no reset message goes out, in the order of cure; none if one does, to `request.addresses[0]`
    (A9, A10, A16, C3-C5). Of nobody, nothing more is known."""
    if request.known_as == KnownAs.UNKNOWN or request.is_contact:
        return (NOT_REGISTERED,)
    if request.known_as == KnownAs.DELETED or request.status is None:
        return (DELETED,)
    found = [SECONDARY_ADDRESS] if request.known_as == KnownAs.SECONDARY_ADDRESS else []
    if request.status in _NOT_REVIVED:
        found.append(_NOT_REVIVED[request.status])
    if request.throttled:
        found.append(THROTTLED)
    if not request.addresses:
        found.append(NO_ADDRESS_ON_ACCOUNT)
    return tuple(found)
