"""Waits for a message to arrive: long polls that hold no connection of a database server while they wait."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Literal

from msgspec import Struct
from pydantic import Field
from sqlalchemy import Select

from logindrill.models import Message, Sandbox
from logindrill.services.inbox.cards import MessageCard, cards
from logindrill.services.inbox.filters import MessageFilter, MessageOrder, later_than, under_way
from logindrill.services.inbox.near_misses import MessageNearMiss, near_misses
from logindrill.services.inbox.reading import newest
from logindrill.work.runtime import Action, Runtime
from logindrill.work.unit_of_work import UnitOfWork, open_work

_LONGEST_PAUSE = timedelta(seconds=5)
"""How long a wait goes on without looking: what other calls of this process write wakes it at once."""

_PAUSE_AMONG_WORKERS = timedelta(milliseconds=200)
"""The same where other processes may write too."""


class Wait(Struct, frozen=True):
    """The message to wait for, and for how long in real time; `advance` moves the clock to one that is on its way."""

    wanted: MessageFilter
    order: MessageOrder = MessageOrder.ARRIVED
    after: str | None = None
    timeout: timedelta = timedelta(seconds=10)
    advance: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """The message that arrived."""

    message: MessageCard


@dataclass(frozen=True, slots=True)
class TimedOut:
    """No message arrived in time."""

    timed_out: Literal[True]
    seen: tuple[MessageNearMiss, ...]
    crowded: Annotated[bool, Field(exclude=True)] = False


def wait(runtime: Runtime, sandbox_id: str, waiting: Wait) -> Received | TimedOut:
    """The newest message that matches, at once or as soon as there is one; raises UnknownSandbox, Invalid."""
    ends_at = runtime.clock.elapsed() + waiting.timeout
    seen = _look(runtime, sandbox_id, waiting)
    message, there_is_room = seen.message, True
    if message is None:
        with runtime.waiting_room.slot() as there_is_room:
            if there_is_room:
                message = _keep_looking(runtime, sandbox_id, seen.sandbox_key, waiting, ends_at)
    if message is not None:
        return Received(message)
    uow = _open(runtime, sandbox_id)
    try:
        return TimedOut(True, near_misses(uow, waiting.wanted, waiting.order, waiting.after), crowded=not there_is_room)
    finally:
        uow.release()


class _Seen(Struct, frozen=True):
    """What one look into the inbox has shown."""

    sandbox_key: int
    message: MessageCard | None
    due_in: timedelta | None = None
    """The real time until the next message that matches arrives; None where none is on its way by itself."""


def _keep_looking(
    runtime: Runtime, sandbox_id: str, sandbox_key: int, waiting: Wait, ends_at: timedelta
) -> MessageCard | None:
    """Look again after each write in the sandbox, when a message is due, and now and then."""
    pause = _LONGEST_PAUSE if runtime.writes_alone else _PAUSE_AMONG_WORKERS
    while (left := ends_at - runtime.clock.elapsed()) > timedelta(0):
        with runtime.database.changes.watching(sandbox_key) as changed:
            seen = _look(runtime, sandbox_id, waiting)
            if seen.message is not None:
                return seen.message
            if seen.sandbox_key == sandbox_key:
                changed.wait(min(left, pause, left if seen.due_in is None else seen.due_in))
        sandbox_key = seen.sandbox_key  # another one where a big sandbox was made anew
    return None


def _look(runtime: Runtime, sandbox_id: str, waiting: Wait) -> _Seen:
    """Look once; each look is an action of its own, since a running clock and other calls go on in the meantime."""
    uow = _open(runtime, sandbox_id)
    try:
        message = newest(uow, waiting.wanted, waiting.order, waiting.after)
        if message is not None:
            return _Seen(uow.sandbox_key, cards(uow, [message])[0])
        due = uow.session.scalars(_next_due(uow, waiting)).first()
    finally:
        uow.release()
    if due is None:
        return _Seen(uow.sandbox_key, None)
    if waiting.advance and _advance(uow, waiting):
        return _look(runtime, sandbox_id, waiting)
    return _Seen(uow.sandbox_key, None, None if uow.clock_stands else due.deliver_at - uow.now)


def _next_due(uow: UnitOfWork, waiting: Wait) -> Select[Message]:
    """The first matching message that is on its way."""
    statement = under_way(uow, waiting.wanted)
    if waiting.after is not None:
        statement = statement.where(later_than(uow, waiting.after, waiting.order))
    return statement.order_by(Message.deliver_at, Message.key).limit(1)


def _advance(uow: UnitOfWork, waiting: Wait) -> bool:
    """Move the clock to the first matching message that is on its way; returns whether there was one."""
    with uow.writing():
        sandbox = uow.session.get_one(Sandbox, uow.sandbox_key)
        due = uow.session.scalars(_next_due(uow, waiting)).first()
        if due is None:
            return False
        before = sandbox.now(uow.real_now)
        if due.deliver_at > before:
            sandbox.move(due.deliver_at, uow.real_now)
            uow.note("clock.move", actor="tester", before=before.isoformat(), now=due.deliver_at.isoformat())
        return True


def _open(runtime: Runtime, sandbox_id: str) -> UnitOfWork:
    return open_work(runtime, sandbox_id, Action("wait_for_message"))
