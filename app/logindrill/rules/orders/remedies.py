"""Decides who may apply a remedy that is a staff order, by asking that order's judge (overall rule 7)."""

from collections.abc import Collection, Iterable, Mapping

from logindrill.rules.orders.facts import OrderFacts
from logindrill.rules.orders.judges import changes_something, refusal
from logindrill.rules.orders.order import Order
from logindrill.rules.orders.people import CONSENT, refusal_of_change
from logindrill.rules.reasons import Remedy, Who
from logindrill.rules.reasons import remedies as r
from logindrill.rules.roles import RoleName
from logindrill.rules.values import replace

ORDER_OF: Mapping[str, Order] = {
    r.RESEND_BY_ADMIN.code: Order.RESEND,
    r.RESEND_BY_EMAIL.code: Order.RESEND,
    r.GENERATE_TEMPORARY_PASSWORD.code: Order.MAKE_TEMPORARY_PASSWORD,
    r.REACTIVATE_BY_ADMIN.code: Order.REACTIVATE,
    r.RESTORE_ACCESS.code: Order.RESTORE_ACCESS,
    r.RESTORE_MERGED.code: Order.RESTORE,
    r.RELEASE_EMAIL.code: Order.RELEASE_EMAIL,
    r.UNLOCK_BY_ADMIN.code: Order.UNLOCK,
    r.REMOVE_FACTOR_BY_ADMIN.code: Order.REMOVE_FACTOR,
    r.CORRECT_NUMBER.code: Order.CHANGE,
    r.CORRECT_CARD.code: Order.CHANGE,
    r.CORRECT_ADDRESS.code: Order.CHANGE,
    r.RENEW_CONSENT.code: Order.CHANGE,
    r.PUBLISH.code: Order.PUBLISH,
}
"""The order that a remedy comes to, by the remedy's code; any other remedy is none of staff."""

_FIELDS: Mapping[str, Collection[str]] = {
    r.CORRECT_NUMBER.code: {"phones"},
    r.CORRECT_CARD.code: {"emails"},
    r.CORRECT_ADDRESS.code: {"emails"},
    r.RENEW_CONSENT.code: {CONSENT},
}
"""What a remedy changes, where it is a change."""


def permitted(remedy: Remedy, candidates: Iterable[OrderFacts]) -> Remedy | None:
    """The remedy with those as `who` who may really apply it; None where nobody may, or it would change nothing.

    `candidates` are the facts by which anybody would be judged who could give an order about the person.
    """
    order = ORDER_OF.get(remedy.code)
    if order is None:
        return remedy
    roles = {facts.actor.role for facts in candidates if _may(order, remedy, facts)}
    return replace(remedy, who=_named(roles, remedy.who)) if roles else None


def _may(order: Order, remedy: Remedy, facts: OrderFacts) -> bool:
    if not changes_something(order, facts):
        return False
    if order is Order.CHANGE:
        return refusal_of_change(facts, _FIELDS[remedy.code]) is None
    return refusal(order, facts) is None


def _named(roles: Collection[RoleName], otherwise: Who) -> Who:
    """Those nearest to the person: support where nobody else may."""
    if RoleName.OWNER in roles:
        return Who.OWNER_OR_ADMIN if RoleName.ADMIN in roles else Who.OWNER
    nearest = {RoleName.STAFF: Who.STAFF, RoleName.PROFESSIONAL: Who.PROFESSIONAL, RoleName.SUPPORT: Who.SUPPORT}
    return next((who for role, who in nearest.items() if role in roles), otherwise)
