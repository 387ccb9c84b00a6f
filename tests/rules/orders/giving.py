"""Who gives orders in these tests, and how the reason of a refusal is read."""

from collections.abc import Callable

import pytest

from logindrill.rules.decisions import Refused
from logindrill.rules.flows import Flow
from logindrill.rules.orders import ActorFacts, Offer, OrderFacts, SubjectFacts
from logindrill.rules.reasons import Reason
from logindrill.rules.roles import Permission, RoleName

EVERY = frozenset(Permission)
OLGA = ActorFacts("olga", RoleName.OWNER, EVERY)
ADA = ActorFacts("ada", RoleName.ADMIN, EVERY)
MAX = ActorFacts("max", RoleName.MEMBER, frozenset())
PAULA = ActorFacts("paula", RoleName.PROFESSIONAL, EVERY)
SUE = ActorFacts("sue", RoleName.SUPPORT, EVERY, is_support=True)
ALL_FLOWS = Offer(tuple(Flow), RoleName.CUSTOMER, locks_accounts=True)


def facts(actor: ActorFacts, subject: SubjectFacts, offer: Offer = ALL_FLOWS) -> OrderFacts:
    """An order of the actor about the subject."""
    return OrderFacts(actor, subject, offer)


def reason_of(judge: Callable[[], object]) -> Reason:
    """Why a judge refuses."""
    with pytest.raises(Refused) as refusal:
        judge()
    return refusal.value.reason
