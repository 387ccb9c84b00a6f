"""Deactivation and reactivation: access ends at once, data stays (A24-A28, overall rule 3)."""

from logindrill.access import endings, orders
from logindrill.access.orders import Permitted
from logindrill.models import Membership
from logindrill.rules.lifecycle import MembershipAccess, UserStep
from logindrill.rules.memberships import RevocationCause
from logindrill.rules.orders import Order
from logindrill.rules.orders.accounts import Scope, is_ended, scope
from logindrill.rules.reasons import DEACTIVATED
from logindrill.work.unit_of_work import UnitOfWork


def deactivate(uow: UnitOfWork, user_id: str) -> None:
    """Take all access away: of the account, or where it has other companies, in this one only.

    Doing it again is no event. Raises Refused: `missing_permission`, `own_account`, `last_owner`,
    `invalid_transition` for invited and merged people.
    """
    permitted = orders.require(uow, Order.DEACTIVATE, user_id)
    if is_ended(permitted.facts):
        return
    reach = scope(permitted.facts)
    if reach is Scope.ACCOUNT:
        permitted.user.take(UserStep.DEACTIVATE)
        endings.end_account(uow, permitted.user, DEACTIVATED)
    else:
        permitted.membership.revoke(RevocationCause.DEACTIVATED)
        endings.end_membership(uow, permitted.membership, DEACTIVATED)
    uow.note("user.deactivate", subject=user_id, actor=permitted.actor.user_id, scope=reach.value)


def reactivate(uow: UnitOfWork, user_id: str) -> None:
    """Give access back; nothing that was handed out before comes alive again (A27, S48).

    Raises Refused: `missing_permission`, `invalid_transition`, also where the addresses were released (S51).
    """
    permitted = orders.require(uow, Order.REACTIVATE, user_id)
    permitted.user.take(UserStep.REACTIVATE)
    for membership in _deactivated(uow, permitted):
        membership.grant()
        endings.end_membership(uow, membership, DEACTIVATED)
    if permitted.facts.subject.is_deactivated:
        uow.note("user.reactivate", subject=user_id, actor=permitted.actor.user_id)


def _deactivated(uow: UnitOfWork, permitted: Permitted) -> list[Membership]:
    """The memberships that were deactivated: that of the actor's company, or any of them for support."""
    statement = uow.select(Membership).where(
        Membership.user_id == permitted.user.id,
        Membership.access == MembershipAccess.REVOKED,
        Membership.cause == RevocationCause.DEACTIVATED,
    )
    if not permitted.facts.actor.is_support:
        statement = statement.where(Membership.company_id == permitted.membership.company_id)
    return list(uow.session.scalars(statement.order_by(Membership.key)))
