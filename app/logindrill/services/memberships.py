"""Memberships: adds a person to a further company, or removes them from one (overall rule 3)."""

from logindrill.access import authorization, endings, orders
from logindrill.models import Company, Membership
from logindrill.rules.decisions import Refused
from logindrill.rules.orders import Order
from logindrill.rules.reasons import MEMBERSHIP_ENDED, NOT_FOUND
from logindrill.rules.roles import Permission, parse_role, require_reach
from logindrill.work.unit_of_work import UnitOfWork


def add(uow: UnitOfWork, user_id: str, company_id: str, role_name: str) -> None:
    """Support adds a person to a company; an outstanding temporary password becomes void (C10).

    Raises Refused: `not_offered`, `missing_permission` for everybody else (they invite), 404.
    """
    permitted = orders.require(uow, Order.JOIN, user_id)
    actor = permitted.actor
    role = parse_role(role_name, uow.preset.roles)
    require_reach(Permission.USERS_INVITE, actor.role, role)
    if not _exists(uow, company_id):
        raise Refused(NOT_FOUND)
    membership = authorization.membership_of(uow, user_id, company_id)
    if membership is not None and membership.role == role:
        return
    if membership is None:
        uow.add(
            Membership(
                user_id=user_id,
                company_id=company_id,
                role=role.value,
                joined_at=uow.now,
            )
        )
        endings.void_temporary_passwords(uow, user_id)
    else:
        membership.role = role.value
    uow.note("membership.add", subject=user_id, actor=actor.user_id, company=company_id, role=role.value)


def remove(uow: UnitOfWork, user_id: str, company_id: str) -> None:
    """Remove a person from a company; its sessions end, the others stay. The last membership cannot be removed.

    Raises Refused: `missing_permission`, `last_owner`, `invalid_transition`, 404.
    """
    permitted = orders.require(uow, Order.LEAVE, user_id, company_id)
    endings.remove_membership(uow, permitted.membership, MEMBERSHIP_ENDED)
    uow.note("membership.remove", subject=user_id, actor=permitted.actor.user_id, company=company_id)


def _exists(uow: UnitOfWork, company_id: str) -> bool:
    found = uow.select(Company.key).where(Company.id == company_id)
    return uow.session.scalar(found) is not None
