"""The operations that list and show attempts, with the public answer and the true reason."""

from typing import Literal

from logindrill.control.door import DOOR
from logindrill.explain import attempts as service
from logindrill.explain.attempts import AttemptCard, AttemptEntry, AttemptFilter
from logindrill.web.fields import Line
from logindrill.web.lists import PartOfList
from logindrill.web.operations import require_operation
from logindrill.web.tester import look
from logindrill.work.paging import Page
from logindrill.work.runtime import Runtime


class AttemptList(PartOfList):
    """Which attempts: of a user, with an outcome, for a reason, of an operation of the public API."""

    user: Line | None = None
    outcome: Literal["succeeded", "continued", "refused"] | None = None
    reason: Line | None = None
    operation: Line | None = None


@DOOR.operation(
    "GET",
    "/sandboxes/{sandbox_id}/attempts",
    "List attempts",
    tag="Attempts",
    query=AttemptList,
    answers={200: Page[AttemptEntry]},
)
def list_attempts(runtime: Runtime, query: AttemptList, sandbox_id: str) -> Page[AttemptEntry]:
    """The oldest first, with the true reason of each. A user, reason or operation that does not exist is 422."""
    if query.operation is not None:
        require_operation(query.operation)
    wanted = AttemptFilter(query.user, query.outcome, query.reason, query.operation)
    return look(runtime, sandbox_id, service.page, wanted, after=query.after, limit=query.limit)


@DOOR.operation(
    "GET",
    "/sandboxes/{sandbox_id}/attempts/{attempt_id}",
    "Explain an attempt",
    tag="Attempts",
    answers={200: AttemptCard},
)
def show_attempt(runtime: Runtime, sandbox_id: str, attempt_id: str) -> AttemptCard:
    """The `X-Attempt-Id` of an answer leads here: the checks that were made, what stood in the way, who can help."""
    return look(runtime, sandbox_id, service.show, attempt_id)
