"""The operations that arm, list and disarm faults: something broken on purpose for some calls."""

from logindrill.control.door import DOOR
from logindrill.services import faults as service
from logindrill.services.faults import FaultCard
from logindrill.web.lists import PartOfList
from logindrill.web.operations import Answer
from logindrill.web.tester import look, run_order
from logindrill.work.paging import Page
from logindrill.work.runtime import Runtime
from logindrill.world.faults import FaultPart


@DOOR.operation(
    "POST",
    "/sandboxes/{sandbox_id}/faults",
    "Add a fault",
    tag="Circumstances",
    body=FaultPart,
    answers={201: FaultCard},
    problems=(409,),
    example={"match": {"operation": "sign_in"}, "effect": {"status": 503, "retry_after": "PT2S"}, "times": 2},
)
def arm_fault(runtime: Runtime, body: FaultPart, sandbox_id: str) -> Answer:
    """The first `skip` matching requests are answered normally, the next `times` are affected. If several faults are
    due, the oldest one is used."""
    return Answer(run_order(runtime, sandbox_id, service.arm, body), 201)


@DOOR.operation(
    "GET",
    "/sandboxes/{sandbox_id}/faults",
    "List faults",
    tag="Circumstances",
    query=PartOfList,
    answers={200: Page[FaultCard]},
)
def list_faults(runtime: Runtime, query: PartOfList, sandbox_id: str) -> Page[FaultCard]:
    """Oldest first, used-up faults included, each with the number of requests it matched and the number it affected."""
    return look(runtime, sandbox_id, service.page, after=query.after, limit=query.limit)


@DOOR.operation(
    "DELETE",
    "/sandboxes/{sandbox_id}/faults/{fault_id}",
    "End a fault",
    tag="Circumstances",
    answers={204: None},
)
def disarm_fault(runtime: Runtime, sandbox_id: str, fault_id: str) -> None:
    """Requests are answered normally again."""
    run_order(runtime, sandbox_id, service.disarm, fault_id)


@DOOR.operation(
    "DELETE",
    "/sandboxes/{sandbox_id}/faults",
    "End all faults",
    tag="Circumstances",
    answers={204: None},
)
def disarm_faults(runtime: Runtime, sandbox_id: str) -> None:
    """All faults end; requests are answered normally again."""
    run_order(runtime, sandbox_id, service.disarm_all)
