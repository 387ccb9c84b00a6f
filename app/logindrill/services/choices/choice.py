"""Choices of staff about a person: the values, and the judges that decide whether a choice is available."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from logindrill.access.authentication import Actor
from logindrill.access.authorization import Subject
from logindrill.rules.decisions import Refused
from logindrill.rules.lifecycle import MembershipAccess, UserStatus
from logindrill.rules.memberships import RevocationCause
from logindrill.rules.roles import Permission, forbid_own_account, require, require_reach
from logindrill.work.unit_of_work import UnitOfWork


class Choice(StrEnum):
    """What can be done about a person."""

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
    REVOKE_ACCESS = "revoke_access"
    RESTORE_ACCESS = "restore_access"
    LEAVE = "leave"


Verdicts = Mapping[Choice, Refused | None]
"""Choices that there are, each with why it cannot be made just now; None where it can."""


@dataclass(frozen=True, slots=True)
class Matter:
    """Who is to be judged about whom."""

    uow: UnitOfWork
    actor: Actor
    subject: Subject

    def require(self, permission: Permission) -> None:
        """The permission, and the ladder."""
        require(permission, self.actor.permissions)
        require_reach(permission, self.actor.role, self.subject.membership.role)

    @property
    def status(self) -> UserStatus:
        """Where the account stands."""
        return self.subject.user.status

    @property
    def is_deactivated(self) -> bool:
        """Whether the account is, or the person in this company."""
        membership = self.subject.membership
        here = membership.access is MembershipAccess.REVOKED and membership.cause == RevocationCause.DEACTIVATED
        return here or self.status is UserStatus.DEACTIVATED


Judge = Callable[[Matter], None]
"""Raises Refused where the choice cannot be made."""


def refusal(judge: Judge, matter: Matter) -> Refused | None:
    """Why the choice cannot be made; None where it can."""
    try:
        judge(matter)
    except Refused as refused:
        return refused
    return None


def permission_only(permission: Permission, *, of_others: bool = False) -> Judge:
    """Nothing but the permission and the ladder; where it is done to others only, not to oneself."""

    def judge(matter: Matter) -> None:
        matter.require(permission)
        if of_others:
            forbid_own_account(matter.actor.user_id, matter.subject.user.id)

    return judge
