"""The sandbox's clock, for the tester: shows it, sets it, moves it forward, and lists what fell due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from logindrill.credentials.deadlines import Deadline, Due, between, next_after
from logindrill.models import (
    Authorization,
    AuthorizationCode,
    ClockMode,
    Event,
    Link,
    Message,
    OneTimeCode,
    PendingSignIn,
    RefreshToken,
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
    """The time, whether the clock runs, and what falls due next."""

    mode: ClockMode
    now: datetime
    next: Deadline | None


@dataclass(frozen=True, slots=True)
class Moved:
    """The result of moving the clock, with everything that fell due, in order."""

    mode: ClockMode
    before: datetime
    now: datetime
    fired: tuple[Deadline, ...]


def show(uow: UnitOfWork) -> Clock:
    """The present state of the clock."""
    return Clock(_sandbox(uow).clock_mode, uow.now, next_after(uow, uow.now))


def set_to(uow: UnitOfWork, mode: ClockMode | None, at: datetime | None) -> Moved:
    """Freeze or start the clock, at a time that is not before now; None keeps mode or time.

    Raises Refused `clock_backwards`, Invalid for a time out of range.
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
    """Move the clock forward by a duration. Raises Invalid where the result is out of range."""
    sandbox = _sandbox(uow)
    before = sandbox.now(uow.real_now)
    try:
        to = before + by
    except OverflowError as error:
        raise invalid("by", "That is further than times can be reckoned with.") from error
    return _move(uow, sandbox, before, to, "by")


def advance_to(uow: UnitOfWork, to: datetime) -> Moved:
    """Move the clock forward to a time. Raises Refused `clock_backwards`, Invalid for a time out of range."""
    sandbox = _sandbox(uow)
    return _move(uow, sandbox, sandbox.now(uow.real_now), to, "to")


def advance_to_next(uow: UnitOfWork) -> Moved:
    """Move the clock forward to the next deadline; without one it stays."""
    sandbox = _sandbox(uow)
    before = sandbox.now(uow.real_now)
    following = next_after(uow, before)
    return _move(uow, sandbox, before, before if following is None else following.at, "to_next")


def advance_to_just_before_next(uow: UnitOfWork) -> Moved:
    """Move the clock forward to one second before the next deadline; where that has passed, it stays."""
    sandbox = _sandbox(uow)
    before = sandbox.now(uow.real_now)
    following = next_after(uow, before)
    to = before if following is None else max(before, following.at - timedelta(seconds=1))
    return _move(uow, sandbox, before, to, "to_next")


def last_move(uow: UnitOfWork) -> Moved | None:
    """The newest move of the clock in the log, with the present state of what fell due."""
    statement = uow.select(Event.details).where(Event.what == _MOVE)
    details = uow.session.scalars(statement.order_by(Event.key.desc()).limit(1)).first()
    if details is None:
        return None
    before, now = datetime.fromisoformat(details["before"]), datetime.fromisoformat(details["now"])
    mode = ClockMode(details.get("mode", _sandbox(uow).clock_mode))
    return Moved(mode, before, now, between(uow, before, now))


def owners(uow: UnitOfWork, deadlines: Sequence[Deadline]) -> dict[str, str]:
    """The name of the person each deadline concerns, by its subject; deleted people are left out."""
    found: dict[str, str] = {}
    for noun, kinds in _NOUNS:
        ids = [deadline.subject for deadline in deadlines if deadline.what in kinds]
        if ids:
            named = uow.select(noun.id, User.name)
            holder = noun
            if noun in _OF_AUTHORIZATIONS:
                holder, named = Authorization, named.join(Authorization, Authorization.id == noun.authorization_id)
            statement = named.join(User, User.id == holder.user_id).where(noun.id.in_(ids[:_NAMED]))
            found |= {row.id: row.name for row in uow.session.execute(statement)}
    return found


_MOVE = "clock.move"
_NAMED = 200
_OF_AUTHORIZATIONS = (AuthorizationCode, RefreshToken)
_NOUNS: tuple[tuple[Any, tuple[Due, ...]], ...] = (
    (Message, (Due.MESSAGE_ARRIVES,)),
    (Link, (Due.LINK_EXPIRES,)),
    (OneTimeCode, (Due.CODE_EXPIRES,)),
    (TemporaryPassword, (Due.TEMPORARY_PASSWORD_EXPIRES,)),
    (PendingSignIn, (Due.SIGN_IN_EXPIRES,)),
    (Session, (Due.SESSION_IDLE, Due.SESSION_EXPIRES)),
    (TrustedDevice, (Due.DEVICE_TRUST_EXPIRES,)),
    (AuthorizationCode, (Due.AUTHORIZATION_CODE_EXPIRES,)),
    (RefreshToken, (Due.REFRESH_TOKEN_EXPIRES,)),
    (Authorization, (Due.AUTHORIZATION_EXPIRES,)),
)


def _sandbox(uow: UnitOfWork) -> Sandbox:
    """The sandbox's row as this transaction sees it: another call may have moved the clock since this one began."""
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
