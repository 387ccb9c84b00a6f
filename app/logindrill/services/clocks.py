"""The sandbox's clock in the tester's hand: shown, set, and moved forward with a list of what that brought about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from logindrill.credentials.deadlines import Deadline, Due, between, next_after
from logindrill.models import (
    ClockMode,
    Event,
    Link,
    Message,
    OneTimeCode,
    PendingSignIn,
    Sandbox,
    Session,
    TemporaryPassword,
    TrustedDevice,
    User,
)
from logindrill.rules.clocks import judge_move
from logindrill.rules.decisions import invalid
from logindrill.work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Clock:
    """What the clock shows, whether it goes, and what will happen next by itself."""

    mode: ClockMode
    now: datetime
    next: Deadline | None


@dataclass(frozen=True, slots=True)
class Moved:
    """A move of the clock, and everything that fell due on the way, in order."""

    mode: ClockMode
    before: datetime
    now: datetime
    fired: tuple[Deadline, ...]


def show(uow: UnitOfWork) -> Clock:
    """What the clock shows now."""
    return Clock(_sandbox(uow).clock_mode, uow.now, next_after(uow, uow.now))


def set_to(uow: UnitOfWork, mode: ClockMode | None, at: datetime | None) -> Moved:
    """Freeze the clock or let it go, from a time that is not before now; None leaves mode or time as it is.

    Raises Refused `clock_backwards`, Invalid for a time beyond reckoning.
    """
    sandbox = _sandbox(uow)
    before, mode_before = sandbox.now(uow.real_now), sandbox.clock_mode
    to = before if at is None else at
    judge_move(before, to, "now")
    mode = mode_before if mode is None else mode
    if mode is ClockMode.FROZEN:
        sandbox.freeze(to)
    else:
        sandbox.run(to, uow.real_now)
    return _moved(uow, sandbox, before, to, changed=mode is not mode_before or to != before)


def advance(uow: UnitOfWork, by: timedelta) -> Moved:
    """Move the clock on by a span. Raises Invalid for a span that leads beyond reckoning."""
    sandbox = _sandbox(uow)
    before = sandbox.now(uow.real_now)
    try:
        to = before + by
    except OverflowError as error:
        raise invalid("by", "That is further than times can be reckoned with.") from error
    return _move(uow, sandbox, before, to, "by")


def advance_to(uow: UnitOfWork, to: datetime) -> Moved:
    """Move the clock on to a time. Raises Refused `clock_backwards`, Invalid for a time beyond reckoning."""
    sandbox = _sandbox(uow)
    return _move(uow, sandbox, sandbox.now(uow.real_now), to, "to")


def advance_to_next(uow: UnitOfWork) -> Moved:
    """Move the clock on to the next thing that falls due; where nothing is under way it stays."""
    sandbox = _sandbox(uow)
    before = sandbox.now(uow.real_now)
    following = next_after(uow, before)
    return _move(uow, sandbox, before, before if following is None else following.at, "to_next")


def advance_to_just_before_next(uow: UnitOfWork) -> Moved:
    """Move the clock on to one second before the next thing that falls due; where that has passed it stays."""
    sandbox = _sandbox(uow)
    before = sandbox.now(uow.real_now)
    following = next_after(uow, before)
    to = before if following is None else max(before, following.at - timedelta(seconds=1))
    return _move(uow, sandbox, before, to, "to_next")


def last_move(uow: UnitOfWork) -> Moved | None:
    """The newest move of the clock that the log holds, with what has fallen due on that way as it stands by now."""
    statement = uow.select(Event.details).where(Event.what == _MOVE)
    details = uow.session.scalars(statement.order_by(Event.key.desc()).limit(1)).first()
    if details is None:
        return None
    before, now = datetime.fromisoformat(details["before"]), datetime.fromisoformat(details["now"])
    mode = ClockMode(details.get("mode", _sandbox(uow).clock_mode))
    return Moved(mode, before, now, between(uow, before, now))


def owners(uow: UnitOfWork, deadlines: Sequence[Deadline]) -> dict[str, str]:
    """Whose each of these is, by subject: the name of the person, as long as they are there."""
    found: dict[str, str] = {}
    for noun, kinds in _NOUNS:
        ids = [deadline.subject for deadline in deadlines if deadline.what in kinds]
        if ids:
            statement = (
                uow.select(noun.id, User.name).join(User, User.id == noun.user_id).where(noun.id.in_(ids[:_NAMED]))
            )
            found |= {row.id: row.name for row in uow.session.execute(statement)}
    return found


_MOVE = "clock.move"
_NAMED = 200
_NOUNS: tuple[tuple[Any, tuple[Due, ...]], ...] = (
    (Message, (Due.MESSAGE_ARRIVES,)),
    (Link, (Due.LINK_EXPIRES,)),
    (OneTimeCode, (Due.CODE_EXPIRES,)),
    (TemporaryPassword, (Due.TEMPORARY_PASSWORD_EXPIRES,)),
    (PendingSignIn, (Due.SIGN_IN_EXPIRES,)),
    (Session, (Due.SESSION_IDLE, Due.SESSION_EXPIRES)),
    (TrustedDevice, (Due.DEVICE_TRUST_EXPIRES,)),
)


def _sandbox(uow: UnitOfWork) -> Sandbox:
    """The row as it stands in this transaction: another call may have moved the clock since this one began."""
    return uow.session.get_one(Sandbox, uow.sandbox_key)


def _move(uow: UnitOfWork, sandbox: Sandbox, before: datetime, to: datetime, field: str) -> Moved:
    judge_move(before, to, field)
    sandbox.move(to, uow.real_now)
    return _moved(uow, sandbox, before, to, changed=to != before)


def _moved(uow: UnitOfWork, sandbox: Sandbox, before: datetime, to: datetime, *, changed: bool) -> Moved:
    fired = between(uow, before, to)
    if changed:
        uow.note(
            _MOVE,
            actor="tester",
            mode=sandbox.clock_mode.value,
            before=before.isoformat(),
            now=to.isoformat(),
            fired=len(fired),
        )
    return Moved(sandbox.clock_mode, before, to, fired)
