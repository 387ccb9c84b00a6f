"""What happened in a sandbox, newest first: every attempt with what it brought about, and what was done besides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement

from logindrill.models import Attempt, Event, User
from logindrill.work import log_lines
from logindrill.work.log_lines import Line
from logindrill.work.unit_of_work import UnitOfWork

_STAND_IN, _END = "session.stand_in", "session.end"
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
class TimelineFilter:
    """What to show: what befell one person, and only attempts with one outcome, or what was done besides (`change`)."""

    user: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines, the newest first, and where to go on; None at the beginning of the sandbox."""

    lines: tuple[Try | Happening, ...]
    before: str | None


def page(uow: UnitOfWork, wanted: TimelineFilter, *, before: str | None, limit: int) -> Part:
    """The `limit` lines before a place, `before` being what an earlier part gave. Raises Invalid."""
    found: list[Line] = []
    more = True
    while more and len(found) < limit:
        part = log_lines.lines_before(uow, _meant(uow, wanted), before=before, limit=limit)
        found += _told(uow, part.data)
        more = part.has_more or len(found) > limit
        before = part.data[-1].id if part.data else None
    shown = found[:limit]
    people = _names(uow, shown)
    return Part(tuple(_line(line, people) for line in shown), shown[-1].id if more else None)


def of_attempt(uow: UnitOfWork, attempt_id: str, user_id: str | None) -> tuple[Happening, ...]:
    """What one attempt brought about, in order."""
    events = log_lines.events_of(uow, [attempt_id]).get(attempt_id, ())
    people = _names(uow, [Line(None, events)])
    return tuple(_happening(event, people) for event in events if user_id in {None, event.subject})


def outcomes(uow: UnitOfWork, most: int) -> Sequence[tuple[datetime, str]]:
    """When the newest attempts were made, and how they ended; the newest first."""
    rows = uow.session.execute(uow.select(Attempt.at, Attempt.outcome).order_by(Attempt.key.desc()).limit(most))
    return [(row.at, row.outcome) for row in rows]


def _meant(uow: UnitOfWork, wanted: TimelineFilter) -> list[ColumnElement[bool]]:
    meant: list[ColumnElement[bool]] = [] if wanted.user is None else [Event.subject == wanted.user]
    if wanted.outcome == _CHANGE:
        meant.append(Event.attempt_id.is_(None))
    elif wanted.outcome is not None:
        meant.append(log_lines.with_outcome(uow, wanted.outcome))
    return meant


def _told(uow: UnitOfWork, lines: Sequence[Line]) -> list[Line]:
    """Without the ends of sessions in which the tester only acted for somebody: who did what is told already."""
    ended = [line.events[0] for line in lines if line.attempt is None and line.events[0].what == _END]
    begun = uow.select(Event.details).where(
        Event.subject.in_({event.subject for event in ended}),
        Event.what == _STAND_IN,
    )
    held = {details["session"] for details in uow.session.scalars(begun)} if ended else set()
    untold = {event.id for event in ended if event.details.get("session") in held}
    return [line for line in lines if line.id not in untold]


def _names(uow: UnitOfWork, lines: Iterable[Line]) -> dict[str, str]:
    ids = {user_id for line in lines for event in line.events for user_id in (event.subject, event.actor)}
    wanted = [user_id for user_id in ids if user_id]
    rows = uow.session.execute(uow.select(User.id, User.name).where(User.id.in_(wanted)))
    return {row.id: row.name for row in rows if row.name}


def _line(line: Line, people: Mapping[str, str]) -> Try | Happening:
    if line.attempt is None:
        return _happening(line.events[0], people)
    return _try(line.attempt, people, tuple(_happening(event, people) for event in line.events))


def _try(row: Attempt, people: Mapping[str, str], brought_about: tuple[Happening, ...]) -> Try:
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
        brought_about=brought_about,
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
