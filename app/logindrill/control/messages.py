"""The captured inbox: list messages, wait for one, change its delivery."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from logindrill.control.door import DOOR
from logindrill.explain import messages
from logindrill.explain.messages import ExplainedMessage
from logindrill.rules.delivery import Channel, Disposition, MessageKind
from logindrill.services import inbox as service
from logindrill.services.inbox import MessageCard, MessageFilter, MessageOrder, Received, TimedOut, Wait
from logindrill.web.bodies import Body, Query
from logindrill.web.fields import Line
from logindrill.web.lists import PartOfList
from logindrill.web.operations import Answer
from logindrill.web.tester import carry_time_of, look, run_order
from logindrill.work.paging import Page
from logindrill.work.runtime import Runtime
from logindrill.work.unit_of_work import UnitOfWork
from logindrill.world.fields import Moment, moment

CROWDED = {"Retry-After": "1"}
"""The detail of the refusal for a call that cannot wait, since too many calls wait already."""


class _Filter(Query):
    """Which messages are meant; `disposition` is where they are now."""

    to: Line | None = None
    channel: Channel | None = None
    kind: MessageKind | None = None
    disposition: Disposition | None = None

    @property
    def filter(self) -> MessageFilter:
        """The filter as the inbox service takes it."""
        return MessageFilter(self.to, self.channel, self.kind, self.disposition)


class MessageList(_Filter, PartOfList):
    """Which messages of the inbox to list."""


class LatestMessage(_Filter):
    """Which message to show."""

    after: Line | None = None
    order: MessageOrder = MessageOrder.ARRIVED


class AwaitedMessage(LatestMessage):
    """Which message to wait for, and for how long."""

    timeout: Annotated[float, Field(ge=0, le=30, allow_inf_nan=False)] = 10


class MessageChange(Body):
    """When the message arrives, and where. A time in the past means now."""

    deliver_at: Moment | None = None
    disposition: Annotated[Disposition, Field(strict=False)] | None = None


@DOOR.operation(
    "GET",
    "/sandboxes/{sandbox_id}/messages",
    "List messages",
    tag="Inbox",
    query=MessageList,
    answers={200: Page[MessageCard]},
)
def list_messages(runtime: Runtime, query: MessageList, sandbox_id: str) -> Page[MessageCard]:
    """In the order in which they were created. Messages that were not sent are included, with the reason."""
    return look(runtime, sandbox_id, service.page, query.filter, after=query.after, limit=query.limit)


@DOOR.operation(
    "GET",
    "/sandboxes/{sandbox_id}/messages/latest",
    "Show the newest message",
    tag="Inbox",
    query=LatestMessage,
    answers={200: MessageCard},
)
def latest_message(runtime: Runtime, query: LatestMessage, sandbox_id: str) -> MessageCard:
    """Returns the newest message that has arrived, in the inbox or in spam. `order` says what newest means. 404 if
    there is none."""
    return look(runtime, sandbox_id, service.latest, query.filter, order=query.order, after=query.after)


@DOOR.operation(
    "GET",
    "/sandboxes/{sandbox_id}/messages/wait",
    "Wait for a message",
    tag="Inbox",
    query=AwaitedMessage,
    answers={200: Received | TimedOut},
)
def wait_for_message(runtime: Runtime, query: AwaitedMessage, sandbox_id: str) -> Answer:
    """Returns the newest message that matches, as soon as one has arrived. If none arrives in time, the answer is
    `timed_out`, with the messages that almost matched and why they did not."""
    return _wait(runtime, query, sandbox_id, advance=False)


@DOOR.operation(
    "POST",
    "/sandboxes/{sandbox_id}/messages/wait",
    "Wait for a message, moving the clock to it",
    tag="Inbox",
    query=AwaitedMessage,
    answers={200: Received | TimedOut},
)
def advance_to_message(runtime: Runtime, query: AwaitedMessage, sandbox_id: str) -> Answer:
    """Like the GET of this path. If a matching message is on its way, the sandbox's clock first moves to its
    arrival."""
    return _wait(runtime, query, sandbox_id, advance=True)


def _wait(runtime: Runtime, query: AwaitedMessage, sandbox_id: str, *, advance: bool) -> Answer:
    waiting = Wait(
        query.filter,
        order=query.order,
        after=query.after,
        timeout=timedelta(seconds=query.timeout),
        advance=advance,
    )
    outcome = service.wait(runtime, sandbox_id, waiting)
    carry_time_of(runtime, sandbox_id)
    return Answer(outcome, headers=CROWDED if isinstance(outcome, TimedOut) and outcome.crowded else {})


@DOOR.operation(
    "GET",
    "/sandboxes/{sandbox_id}/messages/{message_id}",
    "Show a message",
    tag="Inbox",
    answers={200: ExplainedMessage},
)
def show_message(runtime: Runtime, sandbox_id: str, message_id: str) -> ExplainedMessage:
    """Returns the text, the code or link and whether it still works. For a message that is not in the inbox: why, and
    what to do about it."""
    return look(runtime, sandbox_id, messages.show, message_id)


@DOOR.operation(
    "PATCH",
    "/sandboxes/{sandbox_id}/messages/{message_id}",
    "Deliver or delay a message",
    tag="Inbox",
    body=MessageChange,
    answers={200: MessageCard},
    problems=(409,),
    example={"disposition": "delayed", "deliver_at": "PT3M"},
)
def change_message(runtime: Runtime, body: MessageChange, sandbox_id: str, message_id: str) -> MessageCard:
    """`inbox` delivers the message now; `delayed` needs `deliver_at`. A message that was never sent cannot be delivered
    (409)."""

    def change(uow: UnitOfWork) -> MessageCard:
        deliver_at = None if body.deliver_at is None else moment(body.deliver_at, uow.now)
        return service.change(uow, message_id, deliver_at=deliver_at, disposition=body.disposition)

    return run_order(runtime, sandbox_id, change)


@DOOR.operation(
    "DELETE",
    "/sandboxes/{sandbox_id}/messages/{message_id}",
    "Delete a message",
    tag="Inbox",
    answers={204: None},
)
def delete_message(runtime: Runtime, sandbox_id: str, message_id: str) -> None:
    """This does not change whether the code or link in the message works."""
    run_order(runtime, sandbox_id, service.remove, message_id)


@DOOR.operation("DELETE", "/sandboxes/{sandbox_id}/messages", "Delete all messages", tag="Inbox", answers={204: None})
def delete_messages(runtime: Runtime, sandbox_id: str) -> None:
    """Empties the inbox. This does not change whether the codes and links in the messages work."""
    run_order(runtime, sandbox_id, service.remove_all)
