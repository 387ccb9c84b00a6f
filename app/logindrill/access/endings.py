"""Ends everything that was issued to a person, for the whole account or in one company.

At once, on every worker (A26, S46).
"""

from sqlalchemy import func

from logindrill.credentials import authorizations, codes, links
from logindrill.models import CodePurpose, Membership, PendingSignIn, Session, TemporaryPassword, User
from logindrill.rules.lifecycle import MembershipAccess, UserStatus
from logindrill.rules.reasons import Reason
from logindrill.rules.roles import RoleName
from logindrill.work.unit_of_work import UnitOfWork


def end_account(uow: UnitOfWork, user: User, reason: Reason) -> None:
    """End sessions and devices by raising the epoch, and void pending sign-ins, codes, links and temporary passwords
    (A26, C11).
    """
    user.end_everything(reason.code)
    links.void(uow, user.id)
    for purpose in CodePurpose:
        codes.void(uow, user.id, purpose)
    void_temporary_passwords(uow, user.id)
    _void_pending(uow, user.id, None)


def end_membership(uow: UnitOfWork, membership: Membership, reason: Reason) -> None:
    """End the sessions and pending sign-ins of one company; those of other companies stay valid (overall rule 3)."""
    membership.end_everything(reason.code)
    _void_pending(uow, membership.user_id, membership.company_id)


def remove_membership(uow: UnitOfWork, membership: Membership, reason: Reason) -> None:
    """Delete a membership.

    Its sessions and authorizations are ended one by one, since a later membership of the same person in the same
    company starts with a new epoch (S48).
    """
    end_membership(uow, membership, reason)
    uow.session.execute(
        uow.update(Session)
        .where(
            Session.user_id == membership.user_id,
            Session.company_id == membership.company_id,
            Session.ended_at.is_(None),
        )
        .values(ended_at=uow.now, ended_reason=reason.code)
    )
    authorizations.end_in_company(uow, membership.user_id, membership.company_id, reason)
    uow.session.delete(membership)


def void_temporary_passwords(uow: UnitOfWork, user_id: str) -> bool:
    """Void every outstanding temporary password (C8, C10); returns whether there was one."""
    voided = uow.connection.execute(
        uow.update(TemporaryPassword)
        .where(
            TemporaryPassword.user_id == user_id,
            TemporaryPassword.used_at.is_(None),
            TemporaryPassword.superseded_at.is_(None),
            TemporaryPassword.void_at.is_(None),
        )
        .values(void_at=uow.now)
    )
    return voided.rowcount > 0


def other_owners(uow: UnitOfWork, membership: Membership) -> int:
    """How many other active owners the company of a membership has (S47)."""
    statement = (
        uow.select(func.count())
        .select_from(Membership)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.company_id == membership.company_id,
            Membership.role == RoleName.OWNER,
            Membership.access == MembershipAccess.GRANTED,
            Membership.user_id != membership.user_id,
            User.status == UserStatus.ACTIVE,
        )
    )
    return uow.session.scalar(statement) or 0


def _void_pending(uow: UnitOfWork, user_id: str, company_id: str | None) -> None:
    statement = uow.update(PendingSignIn).where(
        PendingSignIn.user_id == user_id,
        PendingSignIn.used_at.is_(None),
        PendingSignIn.void_at.is_(None),
    )
    if company_id is not None:
        statement = statement.where(PendingSignIn.company_id == company_id)
    uow.session.execute(statement.values(void_at=uow.now))
