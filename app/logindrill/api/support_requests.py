"""The operations for support requests: anybody sends one, staff read them."""

from typing import Annotated

from pydantic import Field, StringConstraints

from logindrill.api.door import DOOR
from logindrill.explain import recorded
from logindrill.rules.support_requests import Reported
from logindrill.services import support
from logindrill.services.support import RequestEntry, Sent, SupportRequestCard
from logindrill.web.bodies import Body
from logindrill.web.fields import Line, Prose
from logindrill.web.lists import PartOfList
from logindrill.web.operations import Answer
from logindrill.web.visits import Visit
from logindrill.work.paging import Page

ReportedText = Annotated[Prose, StringConstraints(max_length=2000)]
"""A few sentences in the sender's words."""


class Report(Body):
    """What the sender says: address, exact error message, last successful sign-in, steps tried already (A36-A40)."""

    email: Line
    error_message: ReportedText | None = None
    last_signed_in: Line | None = None
    steps_tried: Annotated[list[ReportedText], Field(max_length=50)] = Field(default_factory=list)
    attempt_id: Line | None = None


@DOOR.operation(
    "POST",
    "/support-requests",
    "Send a support request",
    tag="Support",
    body=Report,
    answers={201: Sent},
    problems=(422, 429),
    example={
        "email": "ada@example.test",
        "error_message": "The e-mail address or password is incorrect.",
        "last_signed_in": "2026-03-01",
        "steps_tried": ["typed the password again", "cleared the cache"],
    },
)
def send_support_request(visit: Visit, body: Report) -> Answer:
    """Works with and without a session. The answer is the same for every address and reveals nothing about the account.
    If throttling is on, the number of requests is limited per address and per network address."""
    reported = Reported(body.error_message, body.last_signed_in, tuple(body.steps_tried), body.attempt_id)
    return Answer(visit.attempt(support.send, body.email, reported), 201)


@DOOR.operation(
    "GET",
    "/support-requests",
    "List support requests",
    tag="Support",
    query=PartOfList,
    answers={200: Page[RequestEntry]},
    problems=(401, 403, 422),
    signed_in=True,
)
def list_support_requests(visit: Visit, query: PartOfList) -> Page[RequestEntry]:
    """Returns requests about people of the company, and about addresses that belong to nobody. Needs the permission
    `diagnosis.read`."""
    return visit.read(support.page, after=query.after, limit=query.limit)


@DOOR.operation(
    "GET",
    "/support-requests/{request_id}",
    "Show a support request",
    tag="Support",
    answers={200: SupportRequestCard},
    problems=(401, 403, 404),
    signed_in=True,
)
def show_support_request(visit: Visit, request_id: str) -> SupportRequestCard:
    """Compares what the person reported with what was recorded, and names the true reason and the remedies. Needs the
    permission `diagnosis.read`."""
    return visit.read(recorded.show_request, request_id)
