"""What happened in a sandbox, newest first: every attempt with what it brought about, and what was done besides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from logindrill.models import Attempt, Event, User
from logindrill.rules.decisions import invalid
from logindrill.unit_of_work import UnitOfWork

_READ_AHEAD = 4
"""How many events are read for every line: an attempt seldom brings about more."""
_LARGEST_KEY = 2**62
_STAND_IN = "session.stand_in"
_CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Happening:
    """An event: who did what to whom; names are those of people still there, else ids."""

    id: str
    at: datetime
    real_at: datetime
    what: str
    outcome: str
    actor: str | None
    subject: str | None
    subject_name: str | None
    actor_name: str | None
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Try:
    """An attempt: who tried what, what the client was told, and the true reason."""

    id: str
    at: datetime
    real_at: datetime
    operation: str
    client: str
    outcome: str
    user_id: str | None
    name: str | None
    identifier: str | None
    status: int
    code: str | None
    detail: str | None
    reason: str | None
    brought_about: tuple[Happening, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to show: what befell one person, and only attempts with one outcome, or what was done besides (`change`)."""

    user: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines, the newest first, and where to go on; None at the beginning of the sandbox."""

    lines: tuple[Try | Happening, ...]
    before: str | None


def page(uow: UnitOfWork, wanted: Wanted, *, before: str | None, limit: int) -> Part:
    """The `limit` lines before a place, `before` being what an earlier part gave. Raises Invalid."""
    until_try, until_event = _place(before)
    tries = _tries(uow, wanted, until_try, limit + 1)
    events = _events(uow, wanted, until_event, (limit + 1) * _READ_AHEAD)
    known_since = events[-1].real_at if len(events) == (limit + 1) * _READ_AHEAD else None
    loose = [] if wanted.outcome in _OUTCOMES else [event for event in _plain(events) if event.attempt_id is None]
    rows: list[Any] = [*tries, *loose]
    rows.sort(key=lambda row: (row.real_at, isinstance(row, Attempt), row.key), reverse=True)
    whole = [row for row in rows if known_since is None or row.real_at >= known_since or row is rows[0]]
    shown = whole[:limit]
    people = _names(uow, shown, events)
    about = _by_attempt(events, people)
    lines = tuple(_line(row, people, about) for row in shown)
    return Part(lines, _next_place(shown, until_try, until_event) if len(rows) > len(shown) else None)


def of_attempt(uow: UnitOfWork, attempt_id: str, user_id: str | None) -> tuple[Happening, ...]:
    """What one attempt brought about, in order."""
    statement = select(Event).where(Event.sandbox_key == uow.sandbox_key, Event.attempt_id == attempt_id)
    if user_id is not None:
        statement = statement.where(Event.subject == user_id)
    events = uow.session.scalars(statement.order_by(Event.key)).all()
    people = _names(uow, (), events)
    return tuple(_happening(event, people) for event in events)


def outcomes(uow: UnitOfWork, most: int) -> Sequence[tuple[datetime, str]]:
    """When the newest attempts were made, and how they ended; the newest first."""
    rows = uow.session.execute(
        select(Attempt.at, Attempt.outcome)
        .where(Attempt.sandbox_key == uow.sandbox_key)
        .order_by(Attempt.key.desc())
        .limit(most)
    )
    return [(row.at, row.outcome) for row in rows]


_OUTCOMES = ("succeeded", "continued", "refused")


def _place(before: str | None) -> tuple[int, int]:
    if before is None:
        return _LARGEST_KEY, _LARGEST_KEY
    parts = before.split(".")
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):
        raise invalid("before", "There is no such place in the timeline.")
    return int(parts[0]), int(parts[1])


def _next_place(shown: Sequence[Any], until_try: int, until_event: int) -> str:
    tries = [row.key for row in shown if isinstance(row, Attempt)]
    events = [row.key for row in shown if isinstance(row, Event)]
    return f"{min([*tries, until_try])}.{min([*events, until_event])}"


def _tries(uow: UnitOfWork, wanted: Wanted, until: int, most: int) -> Sequence[Attempt]:
    if wanted.outcome == _CHANGE:
        return ()
    statement = select(Attempt).where(Attempt.sandbox_key == uow.sandbox_key, Attempt.key < until)
    if wanted.user is not None:
        statement = statement.where(Attempt.user_id == wanted.user)
    if wanted.outcome is not None:
        statement = statement.where(Attempt.outcome == wanted.outcome)
    return uow.session.scalars(statement.order_by(Attempt.key.desc()).limit(most)).all()


def _events(uow: UnitOfWork, wanted: Wanted, until: int, most: int) -> Sequence[Event]:
    if wanted.outcome in _OUTCOMES:
        return ()
    statement = select(Event).where(Event.sandbox_key == uow.sandbox_key, Event.key < until)
    if wanted.user is not None:
        statement = statement.where(Event.subject == wanted.user)
    if wanted.outcome == _CHANGE:
        statement = statement.where(Event.attempt_id.is_(None))
    return uow.session.scalars(statement.order_by(Event.key.desc()).limit(most)).all()


def _plain(events: Iterable[Event]) -> list[Event]:
    """Without the ends of sessions in which the tester only acted for somebody: who did what is told already."""
    held = {event.details.get("session") for event in events if event.what == _STAND_IN}
    return [e for e in events if not (e.what == "session.end" and e.details.get("session") in held)]


def _names(uow: UnitOfWork, tries: Iterable[Any], events: Iterable[Event]) -> dict[str, str]:
    ids = {row.user_id for row in tries if isinstance(row, Attempt)}
    ids |= {event.subject for event in events} | {event.actor for event in events}
    wanted = [user_id for user_id in ids if user_id]
    rows = uow.session.execute(
        select(User.id, User.name).where(User.sandbox_key == uow.sandbox_key, User.id.in_(wanted))
    )
    return {row.id: row.name for row in rows if row.name}


def _by_attempt(events: Iterable[Event], people: Mapping[str, str]) -> dict[str, tuple[Happening, ...]]:
    found: dict[str, tuple[Happening, ...]] = {}
    for event in events:
        if event.attempt_id is not None:
            found[event.attempt_id] = (_happening(event, people), *found.get(event.attempt_id, ()))
    return found


def _line(row: Any, people: Mapping[str, str], about: Mapping[str, tuple[Happening, ...]]) -> Try | Happening:
    if isinstance(row, Event):
        return _happening(row, people)
    return replace(_try(row, people), brought_about=about.get(row.id, ()))


def _try(row: Attempt, people: Mapping[str, str]) -> Try:
    return Try(
        id=row.id,
        at=row.at,
        real_at=row.real_at,
        operation=row.operation,
        client=row.client,
        outcome=row.outcome,
        user_id=row.user_id,
        name=people.get(row.user_id or ""),
        identifier=row.identifier,
        status=row.status,
        code=row.code,
        detail=row.detail,
        reason=row.reason,
    )


def _happening(row: Event, people: Mapping[str, str]) -> Happening:
    return Happening(
        id=row.id,
        at=row.at,
        real_at=row.real_at,
        what=row.what,
        outcome=row.outcome,
        actor=row.actor,
        subject=row.subject,
        subject_name=people.get(row.subject or "", row.subject),
        actor_name=people.get(row.actor or "", row.actor),
        details=row.details,
    )
