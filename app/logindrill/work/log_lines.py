"""The event log as lines: one line is an attempt with all its events, or one event without an attempt.

Lines are ordered by the position of their first event, and pages follow that order. Write transactions of a sandbox run
one after another, so a position never changes and later lines come after it, however early their action began. An
attempt is one line, even where other events lie between its own; the line is about the person of its first event.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, func, or_
from sqlalchemy.orm import aliased

from logindrill.models import Attempt, Event
from logindrill.rules.decisions import invalid
from logindrill.work.paging import Page
from logindrill.work.unit_of_work import UnitOfWork

LineFilter = Sequence[ColumnElement[bool]]
"""A condition on the first event of a line."""


class Line(Struct, frozen=True):
    """One line; `events` are in order, and there is only one where the line is no attempt."""

    attempt: Attempt | None
    events: tuple[Event, ...]

    @property
    def id(self) -> str:
        """The id of the attempt, else of the event."""
        return self.events[0].id if self.attempt is None else self.attempt.id


def lines_after(uow: UnitOfWork, condition: LineFilter, *, after: str | None, limit: int) -> Page[Line]:
    """The `limit` lines after the line with this id, oldest first; raises Invalid for an unknown id."""
    position = [] if after is None else [Event.key > _position(uow, after, "after")]
    return _page(uow, [*condition, *position], Event.key.asc(), limit)


def lines_before(uow: UnitOfWork, condition: LineFilter, *, before: str | None, limit: int) -> Page[Line]:
    """The `limit` lines before the line with this id, newest first; raises Invalid for an unknown id."""
    position = [] if before is None else [Event.key < _position(uow, before, "before")]
    return _page(uow, [*condition, *position], Event.key.desc(), limit)


def with_outcome(uow: UnitOfWork, outcome: str) -> ColumnElement[bool]:
    """Lines of attempts with this outcome."""
    return uow.select(Attempt.key).where(Attempt.id == Event.attempt_id, Attempt.outcome == outcome).exists()


def events_of(uow: UnitOfWork, attempt_ids: Iterable[str]) -> dict[str, tuple[Event, ...]]:
    """The events of each of these attempts, in order."""
    statement = uow.select(Event).where(Event.attempt_id.in_(list(attempt_ids)))
    found: dict[str, tuple[Event, ...]] = {}
    for event in uow.session.scalars(statement.order_by(Event.key)):
        found[str(event.attempt_id)] = (*found.get(str(event.attempt_id), ()), event)
    return found


def _page(uow: UnitOfWork, condition: LineFilter, order: Any, limit: int) -> Page[Line]:
    statement = uow.select(Event).where(_is_first(uow), *condition)
    first = uow.session.scalars(statement.order_by(order).limit(limit + 1)).all()
    ids = [event.attempt_id for event in first[:limit] if event.attempt_id is not None]
    attempts, events = _attempts(uow, ids), events_of(uow, ids)
    lines = (
        Line(attempts.get(event.attempt_id or ""), events.get(event.attempt_id or "", (event,)))
        for event in first[:limit]
    )
    return Page(tuple(lines), len(first) > limit)


def _is_first(uow: UnitOfWork) -> ColumnElement[bool]:
    """Whether an event begins a line: it belongs to no attempt, or it is the first event of its attempt."""
    earlier = aliased(Event)
    is_earlier = uow.select(earlier.key).where(earlier.attempt_id == Event.attempt_id, earlier.key < Event.key)
    return or_(Event.attempt_id.is_(None), ~is_earlier.exists())


def _position(uow: UnitOfWork, line: str, field: str) -> int:
    """The position of a line, found by the id of its attempt or of any of its events."""
    attempt = uow.select(Event.attempt_id).where(Event.id == line).scalar_subquery()
    is_meant = or_(Event.id == line, Event.attempt_id == line, Event.attempt_id == attempt)
    found = uow.session.scalar(uow.select(func.min(Event.key)).where(is_meant))
    if found is None:
        raise invalid(field, "There is no such entry.")
    return int(found)


def _attempts(uow: UnitOfWork, ids: Sequence[str]) -> dict[str, Attempt]:
    rows = uow.session.scalars(uow.select(Attempt).where(Attempt.id.in_(ids)))
    return {row.id: row for row in rows}
