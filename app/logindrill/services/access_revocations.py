"""Revokes and restores a customer's access to one company (C12)."""

from logindrill.access import endings, orders
from logindrill.access.orders import Permitted
from logindrill.rules.lifecycle import MembershipAccess
from logindrill.rules.memberships import RevocationCause
from logindrill.rules.orders import Order
from logindrill.rules.reasons import ACCESS_REVOKED
from logindrill.work.unit_of_work import UnitOfWork


def revoke(uow: UnitOfWork, user_id: str, company_id: str | None) -> None:
    """Revoke a person's access to one company; access to other companies stays. Revoking again leaves no event.

    `company_id` None is the company of the session.
    """
    permitted = _require(uow, Order.REVOKE_ACCESS, user_id, company_id)
    membership = permitted.membership
    if membership.access is MembershipAccess.REVOKED:
        return
    membership.revoke(RevocationCause.REVOKED)
    endings.end_membership(uow, membership, ACCESS_REVOKED)
    uow.note("access.revoke", subject=user_id, actor=permitted.actor.user_id, company=membership.company_id)


def restore(uow: UnitOfWork, user_id: str, company_id: str | None) -> None:
    """Restore the access; earlier sessions stay ended. This does not undo a deactivation."""
    permitted = _require(uow, Order.RESTORE_ACCESS, user_id, company_id)
    membership = permitted.membership
    if membership.access is MembershipAccess.GRANTED or membership.cause != RevocationCause.REVOKED:
        return
    membership.grant()
    endings.end_membership(uow, membership, ACCESS_REVOKED)
    uow.note("access.restore", subject=user_id, actor=permitted.actor.user_id, company=membership.company_id)


def _require(uow: UnitOfWork, order: Order, user_id: str, company_id: str | None) -> Permitted:
    return orders.require(uow, order, user_id, company_id or orders.SESSION_COMPANY)
