"""The captured inbox, for the tester: what would have been sent, where it is, and how to change its delivery."""

from logindrill.services.inbox.cards import MessageCard
from logindrill.services.inbox.changes import change, remove, remove_all
from logindrill.services.inbox.filters import MessageFilter, MessageOrder
from logindrill.services.inbox.near_misses import MessageNearMiss
from logindrill.services.inbox.reading import codes_of, latest, page, page_back, show
from logindrill.services.inbox.waiting import Received, TimedOut, Wait, wait

__all__ = [
    "MessageCard",
    "MessageFilter",
    "MessageNearMiss",
    "MessageOrder",
    "Received",
    "TimedOut",
    "Wait",
    "change",
    "codes_of",
    "latest",
    "page",
    "page_back",
    "remove",
    "remove_all",
    "show",
    "wait",
]
