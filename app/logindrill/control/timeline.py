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
    """Which part of the timeline to return."""

    user: Line | None = None


@DOOR.operation(
    "GET",
    "/sandboxes/{sandbox_id}/timeline",
    "List the timeline",
    tag="Attempts",
    query=PartOfTimeline,
    answers={200: Page[TimelineEntry]},
)
def list_timeline(runtime: Runtime, query: PartOfTimeline, sandbox_id: str) -> Page[TimelineEntry]:
    """Attempts and events, oldest first: who did what to whom, the answer that the client got, and the true reason.
    `user` limits the list to one person."""
    return look(runtime, sandbox_id, service.page, user=query.user, after=query.after, limit=query.limit)
