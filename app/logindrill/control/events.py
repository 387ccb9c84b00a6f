"""The operation that lists the event log of a sandbox."""

from logindrill.control.door import DOOR
from logindrill.services import events as service
from logindrill.services.events import EventCard
from logindrill.web.lists import PartOfList
from logindrill.web.tester import look
from logindrill.work.paging import Page
from logindrill.work.runtime import Runtime


@DOOR.operation(
    "GET",
    "/sandboxes/{sandbox_id}/events",
    "List events",
    tag="Attempts",
    query=PartOfList,
    answers={200: Page[EventCard]},
)
def list_events(runtime: Runtime, query: PartOfList, sandbox_id: str) -> Page[EventCard]:
    """Oldest first: who did what to whom, and with which outcome. Entries are never changed or removed, and contain ids
    only, no secrets."""
    return look(runtime, sandbox_id, service.page, after=query.after, limit=query.limit)
