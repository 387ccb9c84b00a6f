"""Opens an area of `business-chat`: every area on the web, conversations only on mobile (A5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from logindrill.access import authentication
from logindrill.rules.clients import Capability, opens
from logindrill.rules.decisions import Refused
from logindrill.rules.flows import Flow
from logindrill.rules.reasons import NOT_OFFERED, NOT_ON_MOBILE
from logindrill.work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample item, the same for everybody."""

    id: str
    title: str


_SAMPLES: Mapping[Capability, tuple[str, str]] = {
    Capability.CONVERSATIONS: ("Where is my order?", "Opening hours on Sunday"),
    Capability.CAMPAIGNS: ("Spring sale", "Welcome back"),
    Capability.AUTOMATIONS: ("Greet new contacts", "Close after seven days"),
    Capability.SETTINGS: ("Office hours", "Languages"),
    Capability.REPORTS: ("Conversations by week", "Time to first answer"),
}

AREAS: Sequence[Capability] = tuple(_SAMPLES)
"""What is opened as an area of its own; people have calls of their own."""


def open_area(uow: UnitOfWork, capability: Capability) -> tuple[Sample, ...]:
    """A small sample of an area. Raises Refused `not_offered` or `not_on_mobile` (A5, A33)."""
    if Flow.CAPABILITIES not in uow.preset.offers:
        raise Refused(NOT_OFFERED)
    actor = authentication.authenticate(uow)
    if not opens(capability, actor.client, uow.preset.offers):
        raise Refused(NOT_ON_MOBILE)
    return tuple(Sample(f"{capability.value}-{n}", title) for n, title in enumerate(_SAMPLES[capability], start=1))
