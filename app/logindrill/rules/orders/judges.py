"""Finds the judge of an order by its name, and decides whether the order would change anything."""

from collections.abc import Callable, Mapping

from logindrill.rules.decisions import Refused
from logindrill.rules.flows import Flow
from logindrill.rules.lifecycle import MembershipAccess, UserStatus
from logindrill.rules.memberships import RevocationCause
from logindrill.rules.orders import accounts, memberships, people
from logindrill.rules.orders.facts import ActorFacts, Offer, OrderFacts
from logindrill.rules.orders.order import FLOWS, PERMISSIONS, Order
from logindrill.rules.reasons import MISSING_PERMISSION, NOT_OFFERED
from logindrill.rules.roles import RoleName, require


def judge(order: Order, facts: OrderFacts) -> None:
    """Raise `Refused` unless the actor may give the order about this person, as they stand now.

    What an order names besides, such as a role, an address or another account, is judged by the judge of its own.
    """
    judge_permission(order, facts.actor, facts.offer)
    _JUDGES[order](facts)


def judge_permission(order: Order, actor: ActorFacts, offer: Offer) -> None:
    """Raise `Refused` unless the service knows the order and the actor's role may give it, whomever it is about."""
    if order in FLOWS and FLOWS[order] not in offer.flows:
        raise Refused(NOT_OFFERED)
    permission = PERMISSIONS[order]
    if order is Order.RESTORE and permission not in actor.permissions:
        detail = "Only support can undo a merge."
        raise Refused(MISSING_PERMISSION, permission=permission, detail=detail)
    require(permission, actor.permissions)
    if order is Order.JOIN and not actor.is_support:
        raise Refused(MISSING_PERMISSION, permission=permission, detail="Only support can add a person to a company.")


def refusal(order: Order, facts: OrderFacts) -> Refused | None:
    """Why the order may not be given; None where it may."""
    try:
        judge(order, facts)
    except Refused as refused:
        return refused
    return None


def changes_something(order: Order, facts: OrderFacts) -> bool:
    """Whether the order means anything about this person: an active account is not reactivated."""
    if order in FLOWS and FLOWS[order] not in facts.offer.flows:
        return False
    test = _MEANT.get(order)
    return test is None or test(facts)


_JUDGES: Mapping[Order, Callable[[OrderFacts], object]] = {
    Order.CHANGE: people.judge_least_change,
    Order.ASSIGN_ROLE: memberships.judge_assigning_role,
    Order.RESEND: people.judge_resending,
    Order.MAKE_TEMPORARY_PASSWORD: people.judge_temporary_password,
    Order.REVOKE_INVITATIONS: people.judge_revoking_invitations,
    Order.UNLOCK: people.judge_unlocking,
    Order.REMOVE_FACTOR: people.judge_removing_factor,
    Order.END_SESSIONS: people.judge_ending_sessions,
    Order.JOIN: memberships.judge_joining,
    Order.MERGE: accounts.judge_merging,
    Order.RESTORE: accounts.judge_restoring,
    Order.RELEASE_EMAIL: accounts.judge_releasing_email,
    Order.DEACTIVATE: accounts.judge_deactivating,
    Order.REACTIVATE: accounts.judge_reactivating,
    Order.DELETE: accounts.judge_deleting,
    Order.PUBLISH: people.judge_publishing,
    Order.REVOKE_ACCESS: memberships.judge_access,
    Order.RESTORE_ACCESS: memberships.judge_access,
    Order.LEAVE: memberships.judge_leaving,
}


def _is_revoked(facts: OrderFacts) -> bool:
    return facts.subject.access is MembershipAccess.REVOKED and facts.subject.cause == RevocationCause.REVOKED


def _may_be_merged(facts: OrderFacts) -> bool:
    return facts.subject.status is not UserStatus.MERGED and facts.subject.role == RoleName.CUSTOMER


_MEANT: Mapping[Order, Callable[[OrderFacts], bool]] = {
    Order.ASSIGN_ROLE: lambda facts: facts.subject.status is not UserStatus.MERGED,
    Order.MAKE_TEMPORARY_PASSWORD: lambda facts: facts.subject.role == facts.offer.role_of_second_company,
    Order.REVOKE_INVITATIONS: lambda facts: facts.subject.has_open_invitation,
    Order.UNLOCK: lambda facts: facts.offer.locks_accounts,
    Order.REMOVE_FACTOR: lambda facts: facts.subject.has_factor,
    Order.MERGE: _may_be_merged,
    Order.RESTORE: lambda facts: facts.subject.status is UserStatus.MERGED,
    Order.DEACTIVATE: lambda facts: not accounts.is_ended(facts),
    Order.REACTIVATE: lambda facts: facts.subject.is_deactivated,
    Order.PUBLISH: lambda facts: Flow.PUBLICATIONS in facts.offer.flows,
    Order.REVOKE_ACCESS: lambda facts: facts.subject.access is MembershipAccess.GRANTED,
    Order.RESTORE_ACCESS: _is_revoked,
    Order.LEAVE: lambda facts: facts.subject.memberships > 1,
}
"""By the order; one that is not here always means something."""
