"""The operations for delivery rules, which say how the sandbox delivers messages."""

from logindrill.control.door import DOOR
from logindrill.services import delivery_rules as service
from logindrill.services.delivery_rules import DeliveryRuleCard
from logindrill.web.lists import PartOfList
from logindrill.web.operations import Answer
from logindrill.web.tester import look, run_order
from logindrill.work.paging import Page
from logindrill.work.runtime import Runtime
from logindrill.world.delivery_rules import DeliveryRulePart


@DOOR.operation(
    "POST",
    "/sandboxes/{sandbox_id}/delivery-rules",
    "Add a delivery rule",
    tag="Inbox",
    body=DeliveryRulePart,
    answers={201: DeliveryRuleCard},
    problems=(409,),
    example={"match": {"kind": "password_reset"}, "disposition": "spam"},
)
def add_delivery_rule(runtime: Runtime, body: DeliveryRulePart, sandbox_id: str) -> Answer:
    """It applies to messages sent from now on. If several rules match a message, the newest one decides."""
    return Answer(run_order(runtime, sandbox_id, service.add, body), 201)


@DOOR.operation(
    "GET",
    "/sandboxes/{sandbox_id}/delivery-rules",
    "List delivery rules",
    tag="Inbox",
    query=PartOfList,
    answers={200: Page[DeliveryRuleCard]},
)
def list_delivery_rules(runtime: Runtime, query: PartOfList, sandbox_id: str) -> Page[DeliveryRuleCard]:
    """Oldest first, each with the number of messages it has matched."""
    return look(runtime, sandbox_id, service.page, after=query.after, limit=query.limit)


@DOOR.operation(
    "DELETE",
    "/sandboxes/{sandbox_id}/delivery-rules/{rule_id}",
    "End a delivery rule",
    tag="Inbox",
    answers={204: None},
)
def end_delivery_rule(runtime: Runtime, sandbox_id: str, rule_id: str) -> None:
    """Messages that the rule has already handled stay as they are."""
    run_order(runtime, sandbox_id, service.remove, rule_id)


@DOOR.operation(
    "DELETE",
    "/sandboxes/{sandbox_id}/delivery-rules",
    "End all delivery rules",
    tag="Inbox",
    answers={204: None},
)
def end_delivery_rules(runtime: Runtime, sandbox_id: str) -> None:
    """Messages sent from now on arrive in the inbox at once."""
    run_order(runtime, sandbox_id, service.remove_all)
