"""Staff orders: decides who may order what about which person; each order has one judge.

The service that obeys an order, the choices that offer it and the explanation that recommends it ask the same judge
with facts that were gathered in the same way, so that they cannot differ (overall rule 7).
"""

from logindrill.rules.orders.facts import ActorFacts, Offer, OrderFacts, SubjectFacts
from logindrill.rules.orders.judges import changes_something, judge, judge_permission, refusal
from logindrill.rules.orders.order import FLOWS, PERMISSIONS, Order
from logindrill.rules.orders.remedies import permitted

__all__ = [
    "FLOWS",
    "PERMISSIONS",
    "ActorFacts",
    "Offer",
    "Order",
    "OrderFacts",
    "SubjectFacts",
    "changes_something",
    "judge",
    "judge_permission",
    "permitted",
    "refusal",
]
