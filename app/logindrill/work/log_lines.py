"""The log as lines: an attempt with all that it brought about, or an event that no attempt brought about.

There is one order, the log's, and pages follow it: a line stands where its first event was written. Writers of a
sandbox wait for one another, so that this place never changes and later lines come after it, however long before its
writing an action began. An attempt is one line, whole, whatever stands between its events; it is about whom its first
event is about.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, or_
from sqlalchemy.orm import aliased

from logindrill.models import Attempt, Event
from logindrill.rules.decisions import invalid
from logindrill.work.paging import Page
from logindrill.work.unit_of_work import UnitOfWork

LineFilter = Sequence[ColumnElement[bool]]
"""Which lines are meant, by their first event."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `events` in their order, only the one where it is no attempt."""

    attempt: Attempt | None
    events: tuple[Event, ...]

    @property
    def id(self) -> str:
        """That of the attempt, else of the event."""
        return self.events[0].id if self.attempt is None else self.attempt.id


def lines_after(uow: UnitOfWork, wanted: LineFilter, *, after: str | None, limit: int) -> Page[Line]:
    """The `limit` lines after the one with an id, oldest first; raises Invalid for an id that is none here."""
    place = [] if after is None else [Event.key > _place(uow, after, "after")]
    return _page(uow, [*wanted, *place], Event.key.asc(), limit)


def lines_before(uow: UnitOfWork, wanted: LineFilter, *, before: str | None, limit: int) -> Page[Line]:
    """The `limit` lines before the one with an id, newest first; raises Invalid for an id that is none here."""
    place = [] if before is None else [Event.key < _place(uow, before, "before")]
    return _page(uow, [*wanted, *place], Event.key.desc(), limit)


def with_outcome(uow: UnitOfWork, outcome: str) -> ColumnElement[bool]:
    """Attempts that ended so."""
    return uow.select(Attempt.key).where(Attempt.id == Event.attempt_id, Attempt.outcome == outcome).exists()


def events_of(uow: UnitOfWork, attempt_ids: Iterable[str]) -> dict[str, tuple[Event, ...]]:
    """What each of these attempts brought about, in order."""
    statement = uow.select(Event).where(Event.attempt_id.in_(list(attempt_ids)))
    found: dict[str, tuple[Event, ...]] = {}
    for event in uow.session.scalars(statement.order_by(Event.key)):
        found[str(event.attempt_id)] = (*found.get(str(event.attempt_id), ()), event)
    return found


def _page(uow: UnitOfWork, wanted: LineFilter, order: Any, limit: int) -> Page[Line]:
    statement = uow.select(Event).where(_is_first(uow), *wanted)
    first = uow.session.scalars(statement.order_by(order).limit(limit + 1)).all()
    ids = [event.attempt_id for event in first[:limit] if event.attempt_id is not None]
    attempts, events = _attempts(uow, ids), events_of(uow, ids)
    lines = (
        Line(attempts.get(event.attempt_id or ""), events.get(event.attempt_id or "", (event,)))
        for event in first[:limit]
    )
    return Page(tuple(lines), len(first) > limit)


def _is_first(uow: UnitOfWork) -> ColumnElement[bool]:
    """Whether an event begins a line: it belongs to no attempt, or no other event of its attempt is earlier."""
    earlier = aliased(Event)
    is_earlier = uow.select(earlier.key).where(earlier.attempt_id == Event.attempt_id, earlier.key < Event.key)
    return or_(Event.attempt_id.is_(None), ~is_earlier.exists())


def _place(uow: UnitOfWork, line: str, field: str) -> int:
    """Where a line stands that is named by its attempt, or by any of its events."""
    attempt = uow.select(Event.attempt_id).where(Event.id == line).scalar_subquery()
    is_meant = or_(Event.id == line, Event.attempt_id == line, Event.attempt_id == attempt)
    found = uow.session.scalar(uow.select(func.min(Event.key)).where(is_meant))
    if found is None:
        raise invalid(field, "There is no such entry.")
    return int(found)


def _attempts(uow: UnitOfWork, ids: Sequence[str]) -> dict[str, Attempt]:
    rows = uow.session.scalars(uow.select(Attempt).where(Attempt.id.in_(ids)))
    return {row.id: row for row in rows}
