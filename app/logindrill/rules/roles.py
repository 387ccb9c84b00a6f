"""Roles and their permissions: permissions are data of the sandbox, the order of ranks is a rule (A25, overall rule
1).
"""

from collections.abc import Collection
from enum import StrEnum

from logindrill.rules.decisions import Refused, invalid
from logindrill.rules.reasons import LAST_OWNER, MISSING_PERMISSION, OWN_ACCOUNT


class Permission(StrEnum):
    """What a role may contain."""

    USERS_READ = "users.read"
    USERS_INVITE = "users.invite"
    USERS_EDIT = "users.edit"
    USERS_DEACTIVATE = "users.deactivate"
    USERS_DELETE = "users.delete"
    USERS_SESSIONS = "users.sessions"
    USERS_MERGE = "users.merge"
    USERS_RESTORE_MERGED = "users.restore_merged"
    USERS_RELEASE_EMAIL = "users.release_email"
    ROLES_ASSIGN = "roles.assign"
    ACCESS_REVOKE = "access.revoke"
    PUBLICATIONS_PUBLISH = "publications.publish"
    DIAGNOSIS_READ = "diagnosis.read"


PERMITTED = {
    Permission.USERS_READ: "see people",
    Permission.USERS_INVITE: "invite people",
    Permission.USERS_EDIT: "change people's accounts",
    Permission.USERS_DEACTIVATE: "deactivate people",
    Permission.USERS_DELETE: "delete people",
    Permission.USERS_SESSIONS: "see and end people's sessions",
    Permission.USERS_MERGE: "merge accounts",
    Permission.USERS_RESTORE_MERGED: "undo a merge",
    Permission.USERS_RELEASE_EMAIL: "release addresses",
    Permission.ROLES_ASSIGN: "change roles",
    Permission.ACCESS_REVOKE: "revoke access",
    Permission.PUBLICATIONS_PUBLISH: "publish pages",
    Permission.DIAGNOSIS_READ: "see why people cannot sign in",
}
"""What each permission lets somebody do, for a person to read."""


class RoleName(StrEnum):
    """The names of roles; each preset has some of them."""

    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"
    STAFF = "staff"
    CONTACT = "contact"
    SUPPORT = "support"
    PROFESSIONAL = "professional"
    CUSTOMER = "customer"


# Higher acts on its own rank and below. The three ladders never meet in one sandbox.
_RANKS = {
    RoleName.OWNER: 3,
    RoleName.ADMIN: 2,
    RoleName.MEMBER: 1,
    RoleName.STAFF: 2,
    RoleName.CONTACT: 1,
    RoleName.SUPPORT: 3,
    RoleName.PROFESSIONAL: 2,
    RoleName.CUSTOMER: 1,
}


def parse_role(name: str, offered: Collection[str], field: str = "role") -> RoleName:
    """The role of this name; raises `Invalid` for one that the preset lacks."""
    if name not in offered:
        raise invalid(field, f"One of {', '.join(offered)}.", "unknown")
    return RoleName(name)


def may_act_on(actor_role: str, subject_role: str) -> bool:
    """Whether the ladder lets one act on the other: own rank and below; an admin never touches an owner (A25)."""
    return _RANKS[RoleName(actor_role)] >= _RANKS[RoleName(subject_role)]


def may_grant(actor_role: str, granted_role: str) -> bool:
    """Whether the ladder lets one grant a role: own rank and below."""
    return may_act_on(actor_role, granted_role)


def require(permission: Permission, held: Collection[str]) -> None:
    """Raise `Refused`, naming the permission, unless it is held (overall rule 1)."""
    if permission not in held:
        raise Refused(MISSING_PERMISSION, permission=permission)


def require_reach(permission: Permission, actor_role: str, subject_role: str) -> None:
    """Raise `Refused` where the ladder forbids to act on, or to grant, the subject's role."""
    if not may_act_on(actor_role, subject_role):
        detail = f"The role {actor_role} may not act on the role {subject_role}."
        raise Refused(MISSING_PERMISSION, permission=permission, detail=detail)


def forbid_own_account(actor_id: str, subject_id: str) -> None:
    """Raise `Refused` where somebody would deactivate, delete, merge or re-rank their own account (A25)."""
    if actor_id == subject_id:
        raise Refused(OWN_ACCOUNT)


def keep_an_owner(losing_role: str, other_active_owners: int) -> None:
    """Raise `Refused` where a company would lose its last active owner, on whatever path (A25, S47)."""
    if losing_role == RoleName.OWNER and other_active_owners < 1:
        raise Refused(LAST_OWNER)
