"""Deactivation and reactivation: access goes at once, data stays (A24-A28, overall rule 3)."""

from logindrill.access import authentication, authorization, endings
from logindrill.access.authorization import Subject
from logindrill.models import Membership
from logindrill.people import identifiers
from logindrill.rules.decisions import Refused
from logindrill.rules.endings import Scope
from logindrill.rules.flows import Flow
from logindrill.rules.lifecycle import MembershipAccess, UserStatus, UserStep
from logindrill.rules.memberships import RevocationCause
from logindrill.rules.reasons import DEACTIVATED, INVALID_TRANSITION
from logindrill.rules.roles import Permission
from logindrill.work.unit_of_work import UnitOfWork


def deactivate(uow: UnitOfWork, user_id: str) -> None:
    """Take all access away: of the account, or where it has other companies, in this one only.

    Doing it again is no event. Raises Refused: `missing_permission`, `own_account`, `last_owner`,
    `invalid_transition` for invited and merged people.
    """
    actor = authentication.authenticate(uow, Permission.USERS_DEACTIVATE)
    subject = authorization.act_on(uow, actor, user_id, Permission.USERS_DEACTIVATE)
    if _is_deactivated(subject):
        return
    scope = endings.judge(uow, actor, subject, Permission.USERS_DEACTIVATE)
    if scope is Scope.ACCOUNT:
        subject.user.take(UserStep.DEACTIVATE)
        endings.end_account(uow, subject.user, DEACTIVATED)
    else:
        subject.membership.revoke(RevocationCause.DEACTIVATED)
        endings.end_membership(uow, subject.membership, DEACTIVATED)
    uow.note("user.deactivate", subject=user_id, actor=actor.user_id, scope=scope.value)


def reactivate(uow: UnitOfWork, user_id: str) -> None:
    """Give access back; nothing that was handed out before comes alive again (A27, S48).

    Raises Refused: `missing_permission`, `invalid_transition`, also where the addresses were released (S51).
    """
    actor = authentication.authenticate(uow, Permission.USERS_DEACTIVATE)
    subject = authorization.act_on(uow, actor, user_id, Permission.USERS_DEACTIVATE)
    was_deactivated = _is_deactivated(subject)
    subject.user.take(UserStep.REACTIVATE)
    if was_deactivated and Flow.EMAIL_RELEASES in uow.preset.offers and not identifiers.has_a_way_in(uow, subject.user):
        raise Refused(INVALID_TRANSITION, detail="The account has no username and no main address to sign in with.")
    if _is_deactivated_here(subject.membership):
        subject.membership.grant()
        endings.end_membership(uow, subject.membership, DEACTIVATED)
    if was_deactivated:
        uow.note("user.reactivate", subject=user_id, actor=actor.user_id)


def _is_deactivated(subject: Subject) -> bool:
    return subject.user.status is UserStatus.DEACTIVATED or _is_deactivated_here(subject.membership)


def _is_deactivated_here(membership: Membership) -> bool:
    return membership.access is MembershipAccess.REVOKED and membership.cause == RevocationCause.DEACTIVATED
