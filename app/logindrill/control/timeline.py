"""The operation that lists the timeline of a sandbox: attempts and events together."""

from logindrill.control.door import DOOR
from logindrill.explain import timeline as service
from logindrill.explain.timeline import TimelineEntry
from logindrill.web.fields import Line
from logindrill.web.lists import PartOfList
from logindrill.web.tester import look
from logindrill.work.paging import Page
from logindrill.work.runtime import Runtime


class PartOfTimeline(PartOfList):
    """Whose timeline, and which part of it; `after` is the id of an attempt or an event."""

    user: Line | None = None


@DOOR.operation(
    "GET",
    "/sandboxes/{sandbox_id}/timeline",
    "Follow the timeline",
    tag="Attempts",
    query=PartOfTimeline,
    answers={200: Page[TimelineEntry]},
)
def list_timeline(runtime: Runtime, query: PartOfTimeline, sandbox_id: str) -> Page[TimelineEntry]:
    """The oldest first: who did what to whom, what the client was told, and the truth; of one person, or of all."""
    return look(runtime, sandbox_id, service.page, user=query.user, after=query.after, limit=query.limit)
