"""What happened in a sandbox, oldest first: attempts joined with what they brought about, and what was done besides.

The order is the log's: an attempt stands where its events stand, so that whoever follows misses nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import ColumnElement, func, or_, select

from logindrill.explain.attempts import PublicAnswer
from logindrill.models import Attempt, Event, User
from logindrill.paging import Page
from logindrill.rules.decisions import invalid
from logindrill.unit_of_work import UnitOfWork

_EVENTS_OF_AN_ENTRY = 4
"""So many events are read for every entry; an attempt seldom brings about more."""


@dataclass(frozen=True, slots=True)
class Somebody:
    """Whom an entry speaks of; the name is null where nobody of that id is left, as of the tester."""

    id: str
    name: str | None


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """An attempt or an event: `who` did `what` to `whom`, what the client was `told`, and the `truth`, a reason.

    `kind` is `attempt` or `event`; `did`: the events of an attempt; `line`: all of it in a line to read.
    """

    id: str
    kind: str
    at: datetime
    real_at: datetime
    what: str
    outcome: str
    who: Somebody | None
    whom: Somebody | None
    identifier: str | None
    client: str | None
    told: PublicAnswer | None
    truth: str | None
    did: tuple[str, ...]
    line: str


def page(uow: UnitOfWork, *, user: str | None, after: str | None, limit: int) -> Page[TimelineEntry]:
    """The timeline of everybody, or of one person, from after an entry on. Raises Invalid for an unknown one."""
    statement = select(Event).where(Event.sandbox_key == uow.sandbox_key)
    if user is not None:
        statement = statement.where(_is_about(uow, user))
    if after is not None:
        statement = statement.where(Event.key > _place(uow, after))
    most = (limit + 1) * _EVENTS_OF_AN_ENTRY
    events = uow.session.scalars(statement.order_by(Event.key).limit(most)).all()
    groups = [tuple(group) for _, group in groupby(events, key=lambda event: event.attempt_id or event.id)]
    if len(events) == most:
        whole = groups[:-1] or groups
        return Page(_entries(uow, whole[:limit]), has_more=True)
    return Page(_entries(uow, groups[:limit]), len(groups) > limit)


def _is_about(uow: UnitOfWork, user: str) -> ColumnElement[bool]:
    own = select(Attempt.id).where(Attempt.sandbox_key == uow.sandbox_key, Attempt.user_id == user)
    return or_(Event.subject == user, Event.actor == user, Event.attempt_id.in_(own))


def _place(uow: UnitOfWork, after: str) -> int:
    found = uow.session.scalar(
        select(func.max(Event.key)).where(
            Event.sandbox_key == uow.sandbox_key, or_(Event.id == after, Event.attempt_id == after)
        )
    )
    if found is None:
        raise invalid("after", "There is no such entry.")
    return found


def _entries(uow: UnitOfWork, groups: Sequence[tuple[Event, ...]]) -> tuple[TimelineEntry, ...]:
    attempts = _attempts(uow, [group[0].attempt_id for group in groups if group[0].attempt_id])
    names = _names(uow, groups, attempts)
    return tuple(_entry(group, attempts.get(group[0].attempt_id or ""), names) for group in groups)


def _attempts(uow: UnitOfWork, ids: Sequence[str]) -> dict[str, Attempt]:
    rows = uow.session.scalars(select(Attempt).where(Attempt.sandbox_key == uow.sandbox_key, Attempt.id.in_(ids)))
    return {row.id: row for row in rows}


def _names(uow: UnitOfWork, groups: Sequence[tuple[Event, ...]], attempts: Mapping[str, Attempt]) -> dict[str, str]:
    ids = {event.actor for group in groups for event in group} | {event.subject for group in groups for event in group}
    ids |= {attempt.user_id for attempt in attempts.values()}
    rows = uow.session.execute(
        select(User.id, User.name).where(User.sandbox_key == uow.sandbox_key, User.id.in_([id_ for id_ in ids if id_]))
    )
    return {row.id: row.name for row in rows if row.name}


def _entry(group: tuple[Event, ...], attempt: Attempt | None, names: Mapping[str, str]) -> TimelineEntry:
    first = group[0]
    who = _somebody(first.actor, names)
    whom = _somebody(first.subject, names)
    if attempt is None:
        line = f"{_name(who) or 'the service'}: {first.what}{_to(who, whom)}{_unless_done(first.outcome)}"
        return TimelineEntry(
            *(first.id, "event", first.at, first.real_at, first.what, first.outcome, who, whom),
            *(None, None, None, first.details.get("reason"), (), line),
        )
    person = _somebody(attempt.user_id, names)
    return TimelineEntry(
        id=attempt.id,
        kind="attempt",
        at=attempt.at,
        real_at=attempt.real_at,
        what=attempt.operation,
        outcome=attempt.outcome,
        who=who or person,
        whom=whom or person,
        identifier=attempt.identifier,
        client=attempt.client,
        told=PublicAnswer(attempt.status, attempt.code, attempt.detail),
        truth=attempt.reason,
        did=tuple(event.what for event in group),
        line=_line(attempt, person),
    )


def _line(attempt: Attempt, person: Somebody | None) -> str:
    who = _name(person) or attempt.identifier or "somebody"
    told = f"{attempt.status} {attempt.code or ''}".strip()
    truth = "" if attempt.reason is None else f", in truth {attempt.reason}"
    return f"{who}, {attempt.client}: {attempt.operation} {attempt.outcome}, told {told}{truth}"


def _somebody(user_id: str | None, names: Mapping[str, str]) -> Somebody | None:
    return None if user_id is None else Somebody(user_id, names.get(user_id))


def _name(somebody: Somebody | None) -> str:
    return "" if somebody is None else somebody.name or somebody.id


def _to(who: Somebody | None, whom: Somebody | None) -> str:
    return "" if whom is None or whom == who else f" of {_name(whom)}"


def _unless_done(outcome: str) -> str:
    return "" if outcome == "done" else f", {outcome}"
