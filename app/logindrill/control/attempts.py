"""The operations that list and show attempts, with the public answer and the true reason."""

from typing import Literal

from logindrill.control.door import DOOR
from logindrill.explain import attempts as service
from logindrill.explain.attempt_cards import AttemptCard, AttemptEntry
from logindrill.explain.attempts import AttemptFilter
from logindrill.web.fields import Line
from logindrill.web.lists import PartOfList
from logindrill.web.operations import require_operation
from logindrill.web.tester import look
from logindrill.work.paging import Page
from logindrill.work.runtime import Runtime


class AttemptList(PartOfList):
    """Which attempts to list."""

    user: Line | None = None
    outcome: Literal["succeeded", "continued", "refused"] | None = None
    reason: Line | None = None
    operation: Line | None = None
    application: Line | None = None
    interaction: Line | None = None


@DOOR.operation(
    "GET",
    "/sandboxes/{sandbox_id}/attempts",
    "List attempts",
    tag="Attempts",
    query=AttemptList,
    answers={200: Page[AttemptEntry]},
)
def list_attempts(runtime: Runtime, query: AttemptList, sandbox_id: str) -> Page[AttemptEntry]:
    """Oldest first, each with its true reason. Filtering by an unknown user, reason or operation is answered with
    422."""
    if query.operation is not None:
        require_operation(query.operation)
    wanted = AttemptFilter(
        query.user, query.outcome, query.reason, query.operation, query.application, query.interaction
    )
    return look(runtime, sandbox_id, service.page, wanted, after=query.after, limit=query.limit)


@DOOR.operation(
    "GET",
    "/sandboxes/{sandbox_id}/attempts/{attempt_id}",
    "Explain an attempt",
    tag="Attempts",
    answers={200: AttemptCard},
)
def show_attempt(runtime: Runtime, sandbox_id: str, attempt_id: str) -> AttemptCard:
    """Use the `X-Attempt-Id` header of an answer as the id. Returns the checks that were made, the causes of the
    refusal, and the remedies: who can do what."""
    return look(runtime, sandbox_id, service.show, attempt_id)
