"""Invitations: who may invite whom and how, and whether an invitation is still valid when it is accepted (A1-A4,
C8-C10).
"""

from collections.abc import Collection
from enum import StrEnum

from msgspec import Struct

from logindrill.rules.decisions import Refused
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.reasons import EMAIL_TAKEN, INVALID_TRANSITION, LINK_VOID, MORE_THAN_ONE_COMPANY, Reason
from logindrill.rules.roles import Permission, RoleName, may_grant
from logindrill.rules.values import replace


class InvitationMethod(StrEnum):
    """How the person gets the invitation."""

    EMAIL = "email"
    TEMPORARY_PASSWORD = "temporary_password"


class InvitationOutcome(StrEnum):
    """The result of an invitation."""

    NEW_ACCOUNT = "new_account"
    ADDED_MEMBERSHIP = "added_membership"


class Holder(Struct, frozen=True):
    """The account that holds an address which somebody wants to invite."""

    status: UserStatus
    as_main: bool
    belongs_to_company: bool


class InvitedFacts(Struct, frozen=True):
    """The person whose invitation is to be sent again; `memberships` includes revoked ones."""

    status: UserStatus
    role: RoleName
    memberships: int = 1


class Inviter(Struct, frozen=True):
    """The inviter in their present state."""

    role: RoleName
    permissions: Collection[str]
    status: UserStatus = UserStatus.ACTIVE


_UNAVAILABLE = replace(MORE_THAN_ONE_COMPANY, problem="temporary_password_unavailable")
"""The same reason, in the public words that temporary passwords have of their own (C10)."""
_JOINABLE = frozenset({UserStatus.ACTIVE, UserStatus.INVITED})


def judge(role: RoleName, holder: Holder | None, role_of_second_company: RoleName | None) -> InvitationOutcome:
    """What inviting an address in a role makes; raises `Refused` where the address is taken (A1, S7, overall rule 3).

    `role_of_second_company` is the preset's one role in which an account of another company may be added, if any.
    """
    if holder is None:
        return InvitationOutcome.NEW_ACCOUNT
    joins = holder.as_main and holder.status in _JOINABLE and not holder.belongs_to_company
    if joins and role == role_of_second_company:
        return InvitationOutcome.ADDED_MEMBERSHIP
    raise Refused(EMAIL_TAKEN)


def invitation_refusal(role: RoleName, holder: Holder | None, role_of_second_company: RoleName | None) -> Reason | None:
    """Why an address cannot be invited in a role; None where it can."""
    try:
        judge(role, holder, role_of_second_company)
    except Refused as refused:
        return refused.reason
    return None


def judge_resend(invited: InvitedFacts, method: InvitationMethod, role_of_second_company: RoleName | None) -> None:
    """Raise `Refused` unless the invitation may be sent again by this method (C8, C10)."""
    renews_password = invited.status == UserStatus.ACTIVE and invited.role == role_of_second_company
    waits = invited.status == UserStatus.INVITED and invited.role != RoleName.CONTACT
    if not (waits or renews_password):
        raise Refused(
            INVALID_TRANSITION,
            detail=f"Somebody who has the role {invited.role} and is {invited.status} cannot be invited again.",
        )
    if method == InvitationMethod.TEMPORARY_PASSWORD:
        refusal = temporary_password_refusal(invited.memberships)
        if refusal is not None:
            raise Refused(refusal)


def temporary_password_refusal(memberships: int) -> Reason | None:
    """Why a person cannot have or use a temporary password: more than one company, revoked memberships included
    (C10, S45).
    """
    return _UNAVAILABLE if memberships > 1 else None


def judge_acceptance(inviter: Inviter | None, role: RoleName) -> Reason | None:
    """Why an invitation is no longer valid: its inviter could not send it today (S6).

    An invitation from a world document has no inviter (None).
    """
    if inviter is None:
        return None
    may_invite = inviter.status == UserStatus.ACTIVE and Permission.USERS_INVITE in inviter.permissions
    return None if may_invite and may_grant(inviter.role, role) else LINK_VOID
