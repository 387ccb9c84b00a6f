"""Merges two accounts of one customer, and undoes a merger (C11, C13)."""

from collections.abc import Sequence

from logindrill.access import authorization, endings, orders
from logindrill.access.authentication import Actor
from logindrill.models import Membership, User
from logindrill.people.rows import membership_facts
from logindrill.rules.decisions import Refused
from logindrill.rules.lifecycle import MembershipAccess, UserStatus
from logindrill.rules.memberships import RevocationCause
from logindrill.rules.merging import plan
from logindrill.rules.orders import Order
from logindrill.rules.orders.accounts import judge_survivor
from logindrill.rules.reasons import INVALID_TRANSITION, MERGED
from logindrill.rules.roles import RoleName
from logindrill.work.unit_of_work import UnitOfWork


def merge(uow: UnitOfWork, user_id: str, survivor_id: str) -> None:
    """Merge a customer's account into another one; the very merger once more is no event.

    All of it or nothing: everything the merged account handed out is dead, its memberships move to the survivor,
    whose own role wins in a shared company. Raises Refused: `not_offered`, `missing_permission`, `own_account`, 404
    unless both are customers here, `invalid_transition`, `more_than_one_company` (overall rule 3).
    """
    permitted = orders.find(uow, Order.MERGE, user_id)
    permitted.facts.forbid_own_account()  # whoever the survivor is, even nobody
    survivor = orders.find(uow, Order.MERGE, survivor_id)
    if not judge_survivor(permitted.facts, survivor.facts.subject):
        return
    actor, merged = permitted.actor, permitted.user
    memberships, own = _memberships(uow, user_id), _memberships(uow, survivor_id)
    company_id = _company(uow, actor, memberships)
    moved = _hand_over(uow, memberships, own, survivor_id)
    merged.merge_into(survivor_id, company_id)
    endings.end_account(uow, merged, MERGED)
    if moved:
        endings.void_temporary_passwords(uow, survivor_id)
    uow.note("user.merge", subject=user_id, actor=actor.user_id, into=survivor_id, company=company_id, moved=moved)
    for company in moved:
        uow.note("membership.add", subject=survivor_id, actor=actor.user_id, company=company, merged=user_id)


def restore(uow: UnitOfWork, user_id: str) -> None:
    """Support makes a merged account independent again; an account that is none is left as it is, without an event.

    The old password is dead, a new one comes by invitation. Raises Refused: `missing_permission` naming support,
    404, `invalid_transition` where no identifier to sign in with is left.
    """
    permitted = orders.require(uow, Order.RESTORE, user_id)
    user = permitted.user
    if user.status is not UserStatus.MERGED:
        return
    company_id = _wake(uow, user)
    endings.end_account(uow, user, MERGED)
    user.remove_password(cause=MERGED.code)
    user.restore()
    uow.note("user.restore", subject=user_id, actor=permitted.actor.user_id, company=company_id)


def _memberships(uow: UnitOfWork, user_id: str) -> Sequence[Membership]:
    of_user = uow.select(Membership).where(Membership.user_id == user_id)
    return uow.session.scalars(of_user.order_by(Membership.key)).all()


def _company(uow: UnitOfWork, actor: Actor, memberships: Sequence[Membership]) -> str:
    """Where the merger takes place; support is in no company of its own, so there it is the customer's first one."""
    if not authorization.is_platform(uow, actor):
        return actor.company_id
    return next(membership.company_id for membership in memberships if membership.role == RoleName.CUSTOMER)


def _hand_over(
    uow: UnitOfWork, memberships: Sequence[Membership], own: Sequence[Membership], survivor_id: str
) -> tuple[str, ...]:
    """Move what the survivor does not have, with the access it has; let the rest sleep. The companies that moved."""
    planned = plan(
        [membership_facts(membership) for membership in memberships],
        [membership_facts(membership) for membership in own],
    )
    for membership in memberships:
        if membership.company_id in planned.sleeping:
            if membership.access is MembershipAccess.GRANTED:
                membership.revoke(RevocationCause.MERGED)
            endings.end_membership(uow, membership, MERGED)
            continue
        uow.add(
            Membership(
                user_id=survivor_id,
                company_id=membership.company_id,
                role=membership.role,
                access=membership.access,
                cause=membership.cause,
                joined_at=uow.now,
            )
        )
        endings.remove_membership(uow, membership, MERGED)
    uow.session.flush()
    return planned.moving


def _wake(uow: UnitOfWork, user: User) -> str | None:
    """Wake the memberships that slept; where none was left, join the company of the merger (C13), and say which."""
    memberships = _memberships(uow, user.id)
    for membership in memberships:
        if membership.cause == RevocationCause.MERGED:
            membership.grant()
    joined = None if memberships else _company_of_merger(uow, user)
    if joined is not None:
        uow.add(
            Membership(
                user_id=user.id,
                company_id=joined,
                role=RoleName.CUSTOMER.value,
                joined_at=uow.now,
            )
        )
    uow.session.flush()
    return joined


def _company_of_merger(uow: UnitOfWork, user: User) -> str:
    """As it was noted; an account that a world brought merged belongs where its survivor does."""
    if user.merged_in_company is not None:
        return user.merged_in_company
    survivors = _memberships(uow, user.merged_into or "")
    found = next((membership.company_id for membership in survivors if membership.role == RoleName.CUSTOMER), None)
    if found is None:
        raise Refused(INVALID_TRANSITION, detail="The account has no company left to belong to.")
    return found
