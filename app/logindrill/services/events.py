"""The event log of a sandbox: append-only, ids and plain words only (S58)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from logindrill.models import Event
from logindrill.work.paging import Page, page_after
from logindrill.work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class EventCard:
    """One line of the event log."""

    id: str
    at: datetime
    real_at: datetime
    what: str
    outcome: str
    actor: str | None
    subject: str | None
    attempt_id: str | None
    details: Mapping[str, Any]


def page(uow: UnitOfWork, *, after: str | None, limit: int) -> Page[EventCard]:
    """The event log, oldest first."""
    statement = uow.select(Event)
    return page_after(uow, Event, statement, after=after, limit=limit, show=_card)


def _card(event: Event) -> EventCard:
    return EventCard(
        id=event.id,
        at=event.at,
        real_at=event.real_at,
        what=event.what,
        outcome=event.outcome,
        actor=event.actor,
        subject=event.subject,
        attempt_id=event.attempt_id,
        details=event.details,
    )
