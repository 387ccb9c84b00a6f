"""The operations for conditions: a tester sets and ends circumstances of clients."""

from logindrill.control.door import DOOR
from logindrill.services import conditions as service
from logindrill.services.conditions import ConditionCard
from logindrill.web.lists import PartOfList
from logindrill.web.operations import Answer
from logindrill.web.tester import look, run_order
from logindrill.work.paging import Page
from logindrill.work.runtime import Runtime
from logindrill.world.conditions import ConditionPart


@DOOR.operation(
    "POST",
    "/sandboxes/{sandbox_id}/conditions",
    "Add a condition",
    tag="Circumstances",
    body=ConditionPart,
    answers={201: ConditionCard},
    problems=(409,),
    example={"match": {"client": "mobile"}, "network": "hotspot"},
)
def begin_condition(runtime: Runtime, body: ConditionPart, sandbox_id: str) -> Answer:
    """It applies from now on to every request that it matches. If several conditions match, the newest one decides,
    separately for each field. Conditions override request headers."""
    return Answer(run_order(runtime, sandbox_id, service.begin, body), 201)


@DOOR.operation(
    "GET",
    "/sandboxes/{sandbox_id}/conditions",
    "List conditions",
    tag="Circumstances",
    query=PartOfList,
    answers={200: Page[ConditionCard]},
)
def list_conditions(runtime: Runtime, query: PartOfList, sandbox_id: str) -> Page[ConditionCard]:
    """The conditions that are active now, oldest first."""
    return look(runtime, sandbox_id, service.page, after=query.after, limit=query.limit)


@DOOR.operation(
    "DELETE",
    "/sandboxes/{sandbox_id}/conditions/{condition_id}",
    "End a condition",
    tag="Circumstances",
    answers={204: None},
)
def end_condition(runtime: Runtime, sandbox_id: str, condition_id: str) -> None:
    """Trusted devices and sessions that exist are not changed (A31)."""
    run_order(runtime, sandbox_id, service.end, condition_id)


@DOOR.operation(
    "DELETE",
    "/sandboxes/{sandbox_id}/conditions",
    "End all conditions",
    tag="Circumstances",
    answers={204: None},
)
def end_conditions(runtime: Runtime, sandbox_id: str) -> None:
    """All conditions end; requests are judged by their headers alone."""
    run_order(runtime, sandbox_id, service.end_all)
