"""Deactivation and deletion: who may end whose access, and how far it reaches (A25-A28, overall rule 3)."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from logindrill.rules.roles import Permission, Role, forbid_own_account, keep_an_owner, require, require_reach


class Scope(StrEnum):
    """The extent of an ending."""

    ACCOUNT = "account"
    MEMBERSHIP = "membership"


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever gives an order, in the company of their session."""

    id: str
    role: Role
    permissions: Collection[str]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whoever an order is about, in that company; `other_active_owners` counts those who would remain there."""

    id: str
    role: Role
    memberships: int = 1
    other_active_owners: int = 0


def judge(actor: Actor, subject: Subject, permission: Permission) -> None:
    """Raise `Refused` unless the actor may end the subject's access: permission, own account, ladder, last owner."""
    require(permission, actor.permissions)
    forbid_own_account(actor.id, subject.id)
    require_reach(permission, actor.role, subject.role)
    keep_an_owner(subject.role, subject.other_active_owners)


def judge_new_role(actor: Actor, subject: Subject, role: Role) -> None:
    """Raise `Refused` unless the actor may give the subject this role: both ranks within reach, an owner remains."""
    require(Permission.ROLES_ASSIGN, actor.permissions)
    forbid_own_account(actor.id, subject.id)
    require_reach(Permission.ROLES_ASSIGN, actor.role, subject.role)
    require_reach(Permission.ROLES_ASSIGN, actor.role, role)
    if role != Role.OWNER:
        keep_an_owner(subject.role, subject.other_active_owners)


def scope(actor: Actor, subject: Subject) -> Scope:
    """How far the ending reaches: the whole account if it has this one company only, and always by support."""
    whole = subject.memberships <= 1 or actor.role == Role.SUPPORT
    return Scope.ACCOUNT if whole else Scope.MEMBERSHIP
