"""Memberships: adds a person to a further company, or removes them from one (overall rule 3)."""

from logindrill.access import authentication, authorization, endings
from logindrill.models import Company, Membership
from logindrill.people import directory
from logindrill.rules.decisions import Refused
from logindrill.rules.flows import Flow
from logindrill.rules.lifecycle import UserStatus
from logindrill.rules.reasons import INVALID_TRANSITION, MEMBERSHIP_ENDED, MISSING_PERMISSION, NOT_FOUND, NOT_OFFERED
from logindrill.rules.roles import Permission, Role, keep_an_owner, parse_role, require_reach
from logindrill.work.unit_of_work import UnitOfWork


def add(uow: UnitOfWork, user_id: str, company_id: str, role_name: str) -> None:
    """Support adds a person to a company; an outstanding temporary password becomes void (C10).

    Raises Refused: `not_offered`, `missing_permission` for everybody else (they invite), 404.
    """
    if Flow.MEMBERSHIPS not in uow.preset.offers:
        raise Refused(NOT_OFFERED)
    actor = authentication.authenticate(uow, Permission.USERS_INVITE)
    if not authorization.is_platform(uow, actor):
        raise Refused(
            MISSING_PERMISSION,
            permission=Permission.USERS_INVITE,
            detail=("Only support can add a person to a company."),
        )
    role = parse_role(role_name, uow.preset.roles)
    require_reach(Permission.USERS_INVITE, actor.role, role)
    user = directory.user(uow, user_id)
    if user is None or not _exists(uow, company_id):
        raise Refused(NOT_FOUND)
    if user.status is UserStatus.MERGED:
        raise Refused(INVALID_TRANSITION)
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
    actor = authentication.authenticate(uow, Permission.USERS_INVITE)
    if company_id != actor.company_id and not authorization.is_platform(uow, actor):
        raise Refused(NOT_FOUND)
    authorization.see(uow, actor, user_id)
    membership = authorization.membership_of(uow, user_id, company_id)
    if membership is None:
        raise Refused(NOT_FOUND)
    require_reach(Permission.USERS_INVITE, actor.role, membership.role)
    if len(directory.memberships_of(uow, user_id)) == 1:
        raise Refused(INVALID_TRANSITION, detail="A person cannot be removed from their only company.")
    keep_an_owner(Role(membership.role), endings.other_owners(uow, membership))
    endings.remove_membership(uow, membership, MEMBERSHIP_ENDED)
    uow.note("membership.remove", subject=user_id, actor=actor.user_id, company=company_id)


def _exists(uow: UnitOfWork, company_id: str) -> bool:
    found = uow.select(Company.key).where(Company.id == company_id)
    return uow.session.scalar(found) is not None
