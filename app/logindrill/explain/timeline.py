"""The timeline of a sandbox, oldest first: attempts with their events, and other events.

The order is that of the event log (`log_lines`), so that a reader who follows it misses nothing and sees nothing twice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_

from logindrill.explain.attempt_cards import PublicAnswer
from logindrill.models import Attempt, Event, User
from logindrill.people import directory
from logindrill.work import log_lines
from logindrill.work.log_lines import Line
from logindrill.work.paging import Page
from logindrill.work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person in an entry. The name is null if no such person exists, as for the tester."""

    id: str
    name: str | None


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """An attempt with its events, or a single event."""

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
    if user is not None:
        directory.require_user_id(uow, user)
    about = [] if user is None else [or_(Event.subject == user, Event.actor == user)]
    found = log_lines.lines_after(uow, about, after=after, limit=limit)
    names = _names(uow, found.data)
    return Page(tuple(_entry(line, names) for line in found.data), found.has_more)


def _names(uow: UnitOfWork, lines: Iterable[Line]) -> dict[str, str]:
    ids = {user_id for line in lines for event in line.events for user_id in (event.subject, event.actor)}
    rows = uow.session.execute(uow.select(User.id, User.name).where(User.id.in_([id_ for id_ in ids if id_])))
    return {row.id: row.name for row in rows if row.name}


def _entry(line: Line, names: Mapping[str, str]) -> TimelineEntry:
    first, attempt = line.events[0], line.attempt
    who = _somebody(first.actor, names)
    whom = _somebody(first.subject, names)
    if attempt is None:
        text = f"{_name(who) or 'the service'}: {first.what}{_to(who, whom)}{_unless_done(first.outcome)}"
        return TimelineEntry(
            *(first.id, "event", first.at, first.real_at, first.what, first.outcome, who, whom),
            *(None, None, None, first.details.get("reason"), (), text),
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
        did=tuple(event.what for event in line.events),
        line=_line(attempt, person),
    )


def _line(attempt: Attempt, person: Somebody | None) -> str:
    who = _name(person) or attempt.identifier or "somebody"
    answer = f"{attempt.status} {attempt.code or ''}".strip()
    truth = "" if attempt.reason is None else f", true reason {attempt.reason}"
    return f"{who}, {attempt.client}: {attempt.operation} {attempt.outcome}, answer {answer}{truth}"


def _somebody(user_id: str | None, names: Mapping[str, str]) -> Somebody | None:
    return None if user_id is None else Somebody(user_id, names.get(user_id))


def _name(somebody: Somebody | None) -> str:
    return "" if somebody is None else somebody.name or somebody.id


def _to(who: Somebody | None, whom: Somebody | None) -> str:
    return "" if whom is None or whom == who else f" of {_name(whom)}"


def _unless_done(outcome: str) -> str:
    return "" if outcome == "done" else f", {outcome}"
