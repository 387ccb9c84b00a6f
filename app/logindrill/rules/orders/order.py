"""Lists the staff orders, with the flow and the permission that each needs (overall rule 1)."""

from collections.abc import Mapping
from enum import StrEnum

from logindrill.rules.flows import Flow
from logindrill.rules.roles import Permission


class Order(StrEnum):
    """What staff can do about a person."""

    CHANGE = "change"
    ASSIGN_ROLE = "assign_role"
    RESEND = "resend"
    MAKE_TEMPORARY_PASSWORD = "make_temporary_password"
    REVOKE_INVITATIONS = "revoke_invitations"
    UNLOCK = "unlock"
    REMOVE_FACTOR = "remove_factor"
    END_SESSIONS = "end_sessions"
    JOIN = "join"
    MERGE = "merge"
    RESTORE = "restore"
    RELEASE_EMAIL = "release_email"
    DEACTIVATE = "deactivate"
    REACTIVATE = "reactivate"
    DELETE = "delete"
    PUBLISH = "publish"
    """To publish a message to the person, and to take it back."""
    REVOKE_ACCESS = "revoke_access"
    RESTORE_ACCESS = "restore_access"
    LEAVE = "leave"


FLOWS: Mapping[Order, Flow] = {
    Order.MAKE_TEMPORARY_PASSWORD: Flow.TEMPORARY_PASSWORDS,
    Order.JOIN: Flow.MEMBERSHIPS,
    Order.MERGE: Flow.MERGERS,
    Order.RESTORE: Flow.MERGERS,
    Order.RELEASE_EMAIL: Flow.EMAIL_RELEASES,
    Order.PUBLISH: Flow.PUBLICATIONS,
    Order.REVOKE_ACCESS: Flow.ACCESS_REVOCATIONS,
    Order.RESTORE_ACCESS: Flow.ACCESS_REVOCATIONS,
}
"""Orders that only a preset with this flow knows; the others are known everywhere."""

PERMISSIONS: Mapping[Order, Permission] = {
    Order.CHANGE: Permission.USERS_EDIT,
    Order.ASSIGN_ROLE: Permission.ROLES_ASSIGN,
    Order.RESEND: Permission.USERS_INVITE,
    Order.MAKE_TEMPORARY_PASSWORD: Permission.USERS_INVITE,
    Order.REVOKE_INVITATIONS: Permission.USERS_INVITE,
    Order.UNLOCK: Permission.USERS_EDIT,
    Order.REMOVE_FACTOR: Permission.USERS_EDIT,
    Order.END_SESSIONS: Permission.USERS_SESSIONS,
    Order.JOIN: Permission.USERS_INVITE,
    Order.MERGE: Permission.USERS_MERGE,
    Order.RESTORE: Permission.USERS_RESTORE_MERGED,
    Order.RELEASE_EMAIL: Permission.USERS_RELEASE_EMAIL,
    Order.DEACTIVATE: Permission.USERS_DEACTIVATE,
    Order.REACTIVATE: Permission.USERS_DEACTIVATE,
    Order.DELETE: Permission.USERS_DELETE,
    Order.PUBLISH: Permission.PUBLICATIONS_PUBLISH,
    Order.REVOKE_ACCESS: Permission.ACCESS_REVOKE,
    Order.RESTORE_ACCESS: Permission.ACCESS_REVOKE,
    Order.LEAVE: Permission.USERS_INVITE,
}
