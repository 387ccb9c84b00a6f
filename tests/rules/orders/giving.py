"""Who gives orders in these tests, and how the reason of a refusal is read."""

from collections.abc import Callable

import pytest

from logindrill.rules.decisions import Refused
from logindrill.rules.flows import Flow
from logindrill.rules.orders import Actor, Offer, OrderFacts, Subject
from logindrill.rules.reasons import Reason
from logindrill.rules.roles import Permission, Role

EVERY = frozenset(Permission)
OLGA = Actor("olga", Role.OWNER, EVERY)
ADA = Actor("ada", Role.ADMIN, EVERY)
MAX = Actor("max", Role.MEMBER, frozenset())
PAULA = Actor("paula", Role.PROFESSIONAL, EVERY)
SUE = Actor("sue", Role.SUPPORT, EVERY, is_support=True)
ALL_FLOWS = Offer(tuple(Flow), Role.CUSTOMER, locks_accounts=True)


def facts(actor: Actor, subject: Subject, offer: Offer = ALL_FLOWS) -> OrderFacts:
    """An order of the actor about the subject."""
    return OrderFacts(actor, subject, offer)


def reason_of(judge: Callable[[], object]) -> Reason:
    """Why a judge refuses."""
    with pytest.raises(Refused) as refusal:
        judge()
    return refusal.value.reason
