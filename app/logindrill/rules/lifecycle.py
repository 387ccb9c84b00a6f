"""The life cycle of accounts and memberships: one table each, in which every state and step has an answer."""

from collections.abc import Mapping
from enum import StrEnum

from logindrill.rules.decisions import Refused
from logindrill.rules.reasons import ACCESS_REVOKED, INVALID_TRANSITION, LINK_VOID, NOT_FOUND, Reason


class UserStatus(StrEnum):
    """The status of an account. A lock, a temporary password, a second factor and device trust are no statuses."""

    INVITED = "invited"
    ACTIVE = "active"
    DEACTIVATED = "deactivated"
    MERGED = "merged"
    DELETED = "deleted"


class UserStep(StrEnum):
    """What can happen to an account."""

    ACTIVATE = "activate"
    DEACTIVATE = "deactivate"
    REACTIVATE = "reactivate"
    MERGE = "merge"
    RESTORE = "restore"
    DELETE = "delete"


class MembershipAccess(StrEnum):
    """Whether a membership grants access."""

    GRANTED = "granted"
    REVOKED = "revoked"


class MembershipStep(StrEnum):
    """What can happen to a membership; `enter` is a sign-in to its company."""

    GRANT = "grant"
    REVOKE = "revoke"
    ENTER = "enter"


_INVITED, _ACTIVE, _DEACTIVATED, _MERGED, _DELETED = UserStatus
_ACTIVATE, _DEACTIVATE, _REACTIVATE, _MERGE, _RESTORE, _DELETE = UserStep

# A step to the present state stays there: it succeeds without an event. An active person activates when a resent
# invitation sets a new password (C10).
USER_TRANSITIONS: Mapping[tuple[UserStatus, UserStep], UserStatus | Reason] = {
    (_INVITED, _ACTIVATE): _ACTIVE,
    (_INVITED, _DEACTIVATE): INVALID_TRANSITION,
    (_INVITED, _REACTIVATE): _INVITED,
    (_INVITED, _MERGE): INVALID_TRANSITION,
    (_INVITED, _RESTORE): _INVITED,
    (_INVITED, _DELETE): _DELETED,
    (_ACTIVE, _ACTIVATE): _ACTIVE,
    (_ACTIVE, _DEACTIVATE): _DEACTIVATED,
    (_ACTIVE, _REACTIVATE): _ACTIVE,
    (_ACTIVE, _MERGE): _MERGED,
    (_ACTIVE, _RESTORE): _ACTIVE,
    (_ACTIVE, _DELETE): _DELETED,
    (_DEACTIVATED, _ACTIVATE): LINK_VOID,
    (_DEACTIVATED, _DEACTIVATE): _DEACTIVATED,
    (_DEACTIVATED, _REACTIVATE): _ACTIVE,
    (_DEACTIVATED, _MERGE): _MERGED,
    (_DEACTIVATED, _RESTORE): _DEACTIVATED,
    (_DEACTIVATED, _DELETE): _DELETED,
    (_MERGED, _ACTIVATE): LINK_VOID,
    (_MERGED, _DEACTIVATE): INVALID_TRANSITION,
    (_MERGED, _REACTIVATE): INVALID_TRANSITION,
    (_MERGED, _MERGE): _MERGED,
    (_MERGED, _RESTORE): _ACTIVE,
    (_MERGED, _DELETE): _DELETED,
    (_DELETED, _ACTIVATE): LINK_VOID,
    (_DELETED, _DEACTIVATE): NOT_FOUND,
    (_DELETED, _REACTIVATE): NOT_FOUND,
    (_DELETED, _MERGE): NOT_FOUND,
    (_DELETED, _RESTORE): NOT_FOUND,
    (_DELETED, _DELETE): NOT_FOUND,
}

_GRANTED, _REVOKED = MembershipAccess
_GRANT, _REVOKE, _ENTER = MembershipStep

MEMBERSHIP_TRANSITIONS: Mapping[tuple[MembershipAccess, MembershipStep], MembershipAccess | Reason] = {
    (_GRANTED, _GRANT): _GRANTED,
    (_GRANTED, _REVOKE): _REVOKED,
    (_GRANTED, _ENTER): _GRANTED,
    (_REVOKED, _GRANT): _GRANTED,
    (_REVOKED, _REVOKE): _REVOKED,
    (_REVOKED, _ENTER): ACCESS_REVOKED,
}


def next_status(status: UserStatus, step: UserStep) -> UserStatus:
    """The status that `step` leads to from `status`; raises `Refused` where it is not allowed (overall rule 2)."""
    after = USER_TRANSITIONS[status, step]
    if isinstance(after, Reason):
        raise Refused(after, detail=f"An account that is {status} cannot {_PHRASES[step]}.")
    return after


def next_access(access: MembershipAccess, step: MembershipStep) -> MembershipAccess:
    """The access that `step` leads to; raises `Refused` for entering a company whose access is revoked (C12)."""
    after = MEMBERSHIP_TRANSITIONS[access, step]
    if isinstance(after, Reason):
        raise Refused(after)
    return after


_PHRASES = {
    UserStep.ACTIVATE: "be activated",
    UserStep.DEACTIVATE: "be deactivated",
    UserStep.REACTIVATE: "be reactivated",
    UserStep.MERGE: "be merged",
    UserStep.RESTORE: "have a merge undone",
    UserStep.DELETE: "be deleted",
}
