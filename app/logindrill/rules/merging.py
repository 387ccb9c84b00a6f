"""Mergers of two accounts of one customer, and what is restored when support undoes one (C11, C13, C14)."""

from collections.abc import Sequence
from dataclasses import dataclass

from logindrill.rules.decisions import Refused
from logindrill.rules.lifecycle import UserStatus, UserStep, next_status
from logindrill.rules.memberships import MembershipFacts
from logindrill.rules.reasons import INVALID_TRANSITION, NOT_FOUND
from logindrill.rules.roles import Role, forbid_own_account


@dataclass(frozen=True, slots=True)
class MergePerson:
    """One of the two; `is_customer_here`: a customer of the actor's company, or one that was merged there; support's
    company is every company."""

    id: str
    status: UserStatus
    is_customer_here: bool
    merged_into: str | None = None


@dataclass(frozen=True, slots=True)
class MergePlan:
    """The memberships of the merged person: those in `moved` go to the survivor, the others are suspended."""

    moving: tuple[str, ...]
    sleeping: tuple[str, ...]


_RELEASABLE = frozenset({UserStatus.MERGED, UserStatus.DEACTIVATED})


def judge(actor_id: str, merged: MergePerson, survivor: MergePerson) -> bool:
    """Whether there is anything to do; False where the very merger is done already. Raises `Refused` otherwise."""
    forbid_own_account(actor_id, merged.id)
    if not (merged.is_customer_here and survivor.is_customer_here):
        raise Refused(NOT_FOUND)
    if merged.status == UserStatus.MERGED and merged.merged_into == survivor.id:
        return False
    next_status(merged.status, UserStep.MERGE)
    if merged.status == UserStatus.MERGED:
        raise Refused(INVALID_TRANSITION, detail="The account was already merged into another one.")
    if survivor.id == merged.id or survivor.status != UserStatus.ACTIVE:
        raise Refused(INVALID_TRANSITION, detail="An account can only be merged into another active account.")
    return True


def plan(merged: Sequence[MembershipFacts], survivor: Sequence[MembershipFacts]) -> MergePlan:
    """Which memberships move. Where both belong the survivor's role wins, and no role above customer is handed on
    (S50: a merger never raises a role)."""
    shared = {membership.company for membership in survivor}
    moving = [m.company for m in merged if m.company not in shared and m.role == Role.CUSTOMER]
    return MergePlan(tuple(moving), tuple(m.company for m in merged if m.company not in moving))


def judge_restore(status: UserStatus, *, username_free: bool, main_address_free: bool) -> bool:
    """Whether there is anything to undo; raises `Refused` where no identifier to sign in with comes back (C13).

    Free means that the identifier is still held by the merged account: not released, or released and taken by nobody.
    """
    next_status(status, UserStep.RESTORE)
    if status != UserStatus.MERGED:
        return False
    if not (username_free or main_address_free):
        raise Refused(INVALID_TRANSITION, detail="The account has no username and no main address to sign in with.")
    return True


def judge_release(status: UserStatus) -> None:
    """Raise `Refused` unless the account is one whose address may be released (C14)."""
    if status not in _RELEASABLE:
        raise Refused(INVALID_TRANSITION, detail="Only a merged or deactivated account can release its address.")
