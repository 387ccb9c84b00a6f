"""Conditions: circumstances of clients that a tester sets and ends; ending one is often the remedy."""

from dataclasses import dataclass
from datetime import datetime

from logindrill.models import Condition
from logindrill.rules.decisions import Refused
from logindrill.rules.reasons import ID_TAKEN, NOT_FOUND
from logindrill.work.paging import Page, page_after
from logindrill.work.unit_of_work import UnitOfWork
from logindrill.world.conditions import ConditionMatch, ConditionPart, condition


@dataclass(frozen=True, slots=True)
class ConditionCard:
    """A condition: whom it applies to, what it sets, and since when."""

    id: str
    match: ConditionMatch
    network: str | None
    browser: str | None
    app_version: str | None
    cookies: str | None
    cache: str | None
    installation: str | None
    notifications: str | None
    since: datetime


def begin(uow: UnitOfWork, requested: ConditionPart) -> ConditionCard:
    """Set circumstances; the newest condition wins over earlier ones. Raises Refused `id_taken`."""
    if requested.id is not None and _find(uow, requested.id) is not None:
        raise Refused(ID_TAKEN)
    row = Condition(**condition(requested, uow.now))
    uow.add(row)
    uow.session.flush()
    uow.note("condition.begin", actor="tester", subject=requested.match.user, condition=row.id, sets=row.circumstances)
    return _card(row)


def page(uow: UnitOfWork, *, after: str | None, limit: int) -> Page[ConditionCard]:
    """The active conditions, oldest first."""
    statement = uow.select(Condition)
    return page_after(uow, Condition, statement, after=after, limit=limit, show=_card)


def end(uow: UnitOfWork, condition_id: str) -> None:
    """End a condition; devices and sessions keep their state (A31). Raises Refused (404)."""
    row = _find(uow, condition_id)
    if row is None:
        raise Refused(NOT_FOUND, detail="There is no such condition.")
    uow.session.delete(row)
    uow.note("condition.end", actor="tester", condition=condition_id)


def end_all(uow: UnitOfWork) -> None:
    """End every condition; without any, nothing happens."""
    ended = uow.connection.execute(uow.delete(Condition)).rowcount
    if ended:
        uow.note("condition.end_all", actor="tester", conditions=ended)


def _find(uow: UnitOfWork, condition_id: str) -> Condition | None:
    return uow.find(Condition, condition_id)


def _card(row: Condition) -> ConditionCard:
    sets = row.circumstances
    return ConditionCard(
        id=row.id,
        match=ConditionMatch.model_validate(row.match),
        network=sets.get("network"),
        browser=sets.get("browser"),
        app_version=sets.get("app_version"),
        cookies=sets.get("cookies"),
        cache=sets.get("cache"),
        installation=sets.get("installation"),
        notifications=sets.get("notifications"),
        since=row.since,
    )
