"""Whom a signed-in person may act on: people of the company they act in, no higher than themselves."""

from dataclasses import dataclass

from logindrill.access.authentication import Actor
from logindrill.models import Membership, User
from logindrill.people import directory
from logindrill.rules.decisions import Refused
from logindrill.rules.lifecycle import MembershipAccess, UserStatus
from logindrill.rules.reasons import NOT_FOUND
from logindrill.rules.roles import Permission, Role, require_reach
from logindrill.work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody within reach, and their place in the company."""

    user: User
    membership: Membership


def is_platform(uow: UnitOfWork, actor: Actor) -> bool:
    """Whether the actor is support, who acts in every company."""
    return uow.preset.platform_role is not None and actor.role == uow.preset.platform_role


def see(uow: UnitOfWork, actor: Actor, user_id: str) -> Subject:
    """Somebody of the actor's company; anybody else is as unknown as nobody (S55). Raises Refused (404).

    Support sees a merged person too whose memberships all moved on, at the place they had.
    """
    user = directory.user(uow, user_id)
    memberships = uow.select(Membership).where(Membership.user_id == user_id)
    if not is_platform(uow, actor):
        memberships = memberships.where(Membership.company_id == actor.company_id)
    membership = uow.session.scalars(memberships.order_by(Membership.key)).first()
    if user is not None and membership is None and user.status is UserStatus.MERGED and is_platform(uow, actor):
        membership = _former_membership(uow, user)
    if user is None or membership is None:
        raise Refused(NOT_FOUND)
    return Subject(user, membership)


def membership_of(uow: UnitOfWork, user_id: str, company_id: str) -> Membership | None:
    """A person's membership in a company, if there is one."""
    return uow.session.scalar(
        uow.select(Membership).where(Membership.user_id == user_id, Membership.company_id == company_id)
    )


def is_known(uow: UnitOfWork, actor: Actor, user_id: str) -> bool:
    """Whether there is such a person for the actor."""
    try:
        return see(uow, actor, user_id).user.id == user_id
    except Refused:
        return False


def act_on(uow: UnitOfWork, actor: Actor, user_id: str, permission: Permission) -> Subject:
    """Somebody of the actor's company whom the ladder lets them act on; raises Refused (404, 403)."""
    subject = see(uow, actor, user_id)
    uow.attempt.user_id = actor.user_id
    require_reach(permission, actor.role, subject.membership.role)
    return subject


def _former_membership(uow: UnitOfWork, user: User) -> Membership:
    """Not a row: what a merged person was in the company of the merger."""
    return Membership(
        sandbox_key=uow.sandbox_key,
        user_id=user.id,
        company_id=user.merged_in_company or "",
        role=Role.CUSTOMER.value,
        access=MembershipAccess.REVOKED,
        epoch=0,
    )
