"""Revokes and restores a customer's access to one company (C12)."""

from logindrill.access import authentication, authorization, endings
from logindrill.access.authentication import Actor
from logindrill.models import Membership
from logindrill.rules.decisions import Refused
from logindrill.rules.flows import Flow
from logindrill.rules.lifecycle import MembershipAccess
from logindrill.rules.memberships import RevocationCause
from logindrill.rules.reasons import ACCESS_REVOKED, NOT_FOUND, NOT_OFFERED
from logindrill.rules.roles import Permission, require_reach
from logindrill.work.unit_of_work import UnitOfWork


def revoke(uow: UnitOfWork, user_id: str, company_id: str | None) -> None:
    """Revoke a person's access to one company; access to other companies stays. Revoking again leaves no event."""
    actor, membership = _find(uow, user_id, company_id)
    if membership.access is MembershipAccess.REVOKED:
        return
    membership.revoke(RevocationCause.REVOKED)
    endings.end_membership(uow, membership, ACCESS_REVOKED)
    uow.note("access.revoke", subject=user_id, actor=actor.user_id, company=membership.company_id)


def restore(uow: UnitOfWork, user_id: str, company_id: str | None) -> None:
    """Restore the access; earlier sessions stay ended. This does not undo a deactivation."""
    actor, membership = _find(uow, user_id, company_id)
    if membership.access is MembershipAccess.GRANTED or membership.cause != RevocationCause.REVOKED:
        return
    membership.grant()
    endings.end_membership(uow, membership, ACCESS_REVOKED)
    uow.note("access.restore", subject=user_id, actor=actor.user_id, company=membership.company_id)


def _find(uow: UnitOfWork, user_id: str, company_id: str | None) -> tuple[Actor, Membership]:
    if Flow.ACCESS_REVOCATIONS not in uow.preset.offers:
        raise Refused(NOT_OFFERED)
    actor = authentication.authenticate(uow, Permission.ACCESS_REVOKE)
    company_id = company_id or actor.company_id
    if company_id != actor.company_id and not authorization.is_platform(uow, actor):
        raise Refused(NOT_FOUND)
    authorization.see(uow, actor, user_id)
    membership = authorization.membership_of(uow, user_id, company_id)
    if membership is None:
        raise Refused(NOT_FOUND)
    require_reach(Permission.ACCESS_REVOKE, actor.role, membership.role)
    return actor, membership
