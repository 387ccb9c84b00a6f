"""The timeline of a sandbox, newest first: attempts with their events, and other events."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement

from logindrill.models import Attempt, Event, User
from logindrill.work import log_lines
from logindrill.work.log_lines import Line
from logindrill.work.unit_of_work import UnitOfWork

_STAND_IN, _END = "session.stand_in", "session.end"
_CHANGE = "change"


class Happening(Struct, frozen=True):
    """An event: who did what to whom; with names of existing people, else ids."""

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


class Try(Struct, frozen=True):
    """An attempt: who tried what, the public answer, and the true reason."""

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
    application_id: str | None = None
    interaction_id: str | None = None
    brought_about: tuple[Happening, ...] = ()


class TimelineFilter(Struct, frozen=True):
    """What to show: lines about one person; only attempts with one outcome, or only changes (`change`)."""

    user: str | None = None
    outcome: str | None = None


class TimelinePart(Struct, frozen=True):
    """Some lines, the newest first, and where to continue; None at the beginning of the sandbox."""

    lines: tuple[Try | Happening, ...]
    before: str | None


def page(uow: UnitOfWork, criteria: TimelineFilter, *, before: str | None, limit: int) -> TimelinePart:
    """The `limit` lines before the line `before`, as an earlier part gave it. Raises Invalid."""
    found: list[Line] = []
    more = True
    while more and len(found) < limit:
        part = log_lines.lines_before(uow, _condition(uow, criteria), before=before, limit=limit)
        found += _without_impersonated_ends(uow, part.data)
        more = part.has_more or len(found) > limit
        before = part.data[-1].id if part.data else None
    shown = found[:limit]
    people = _names(uow, shown)
    return TimelinePart(tuple(_line(line, people) for line in shown), shown[-1].id if more else None)


def of_attempt(uow: UnitOfWork, attempt_id: str, user_id: str | None) -> tuple[Happening, ...]:
    """The events of one attempt, in order."""
    events = log_lines.events_of(uow, [attempt_id]).get(attempt_id, ())
    people = _names(uow, [Line(None, events)])
    return tuple(_happening(event, people) for event in events if user_id in {None, event.subject})


def outcomes(uow: UnitOfWork, most: int) -> Sequence[tuple[datetime, str]]:
    """When the newest attempts were made, and their outcomes; the newest first."""
    rows = uow.session.execute(uow.select(Attempt.at, Attempt.outcome).order_by(Attempt.key.desc()).limit(most))
    return [(row.at, row.outcome) for row in rows]


def _condition(uow: UnitOfWork, criteria: TimelineFilter) -> list[ColumnElement[bool]]:
    meant: list[ColumnElement[bool]] = [] if criteria.user is None else [Event.subject == criteria.user]
    if criteria.outcome == _CHANGE:
        meant.append(Event.attempt_id.is_(None))
    elif criteria.outcome is not None:
        meant.append(log_lines.with_outcome(uow, criteria.outcome))
    return meant


def _without_impersonated_ends(uow: UnitOfWork, lines: Sequence[Line]) -> list[Line]:
    """The lines without the ends of impersonated sessions: the impersonated action is already a line of its own."""
    ended = [line.events[0] for line in lines if line.attempt is None and line.events[0].what == _END]
    begun = uow.select(Event.details).where(
        Event.subject.in_({event.subject for event in ended}),
        Event.what == _STAND_IN,
    )
    held = {details["session"] for details in uow.session.scalars(begun)} if ended else set()
    covered = {event.id for event in ended if event.details.get("session") in held}
    return [line for line in lines if line.id not in covered]


def _names(uow: UnitOfWork, lines: Iterable[Line]) -> dict[str, str]:
    ids = {user_id for line in lines for event in line.events for user_id in (event.subject, event.actor)}
    known = [user_id for user_id in ids if user_id]
    rows = uow.session.execute(uow.select(User.id, User.name).where(User.id.in_(known)))
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
        application_id=row.application_id,
        interaction_id=row.interaction_id,
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
