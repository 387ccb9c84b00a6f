"""Decides whether a person may act on another: one of the same company whose rank is not above their own."""

from msgspec import Struct

from logindrill.access.authentication import Actor
from logindrill.models import Membership, User
from logindrill.people import directory
from logindrill.rules.decisions import Refused
from logindrill.rules.lifecycle import MembershipAccess, UserStatus
from logindrill.rules.reasons import NOT_FOUND
from logindrill.rules.roles import RoleName
from logindrill.work.unit_of_work import UnitOfWork


class Subject(Struct, frozen=True):
    """A person on whom the actor may act, and their membership in the actor's company."""

    user: User
    membership: Membership


def is_platform(uow: UnitOfWork, actor: Actor) -> bool:
    """Whether the actor is support, who may act in every company."""
    return uow.preset.platform_role is not None and actor.role == uow.preset.platform_role


def see(uow: UnitOfWork, actor: Actor, user_id: str) -> Subject:
    """A person of the actor's company; for anybody else the answer is the same as for an unknown id (S55).

    Raises Refused (404).

    Support also finds a merged person whose memberships were all moved, with the membership they had.
    """
    user = directory.user(uow, user_id)
    memberships = uow.select(Membership).where(Membership.user_id == user_id)
    if not is_platform(uow, actor):
        memberships = memberships.where(Membership.company_id == actor.company_id)
    membership = uow.session.scalars(memberships.order_by(Membership.key)).first()
    if user is not None and membership is None and user.status is UserStatus.MERGED and is_platform(uow, actor):
        membership = former_membership(user)
    if user is None or membership is None:
        raise Refused(NOT_FOUND)
    return Subject(user, membership)


def membership_of(uow: UnitOfWork, user_id: str, company_id: str) -> Membership | None:
    """A person's membership in a company, or None."""
    return uow.session.scalar(
        uow.select(Membership).where(Membership.user_id == user_id, Membership.company_id == company_id)
    )


def is_known(uow: UnitOfWork, actor: Actor, user_id: str) -> bool:
    """Whether the actor may know that this person exists."""
    try:
        return see(uow, actor, user_id).user.id == user_id
    except Refused:
        return False


def former_membership(user: User) -> Membership:
    """A stand-in for a deleted row: the membership that a merged person had in the company of the merger."""
    return Membership(
        user_id=user.id,
        company_id=user.merged_in_company or "",
        role=RoleName.CUSTOMER.value,
        access=MembershipAccess.REVOKED,
        epoch=0,
    )
