"""Faults: something broken on purpose, armed and disarmed by a tester; they count the calls they affect."""

from dataclasses import dataclass
from datetime import datetime

from logindrill.models import Fault
from logindrill.rules.decisions import Refused
from logindrill.rules.reasons import ID_TAKEN, NOT_FOUND
from logindrill.work.paging import Page, page_after
from logindrill.work.unit_of_work import UnitOfWork
from logindrill.world.faults import FaultEffect, FaultMatch, FaultPart, fault


@dataclass(frozen=True, slots=True)
class FaultCard:
    """A fault: which calls it matches, what it does to them, how many it matched and how many it affected."""

    id: str
    match: FaultMatch
    effect: FaultEffect
    skip: int
    times: int
    met: int
    hits: int
    since: datetime


def arm(uow: UnitOfWork, requested: FaultPart) -> FaultCard:
    """Arm a fault; of several due ones the oldest is triggered. Raises Refused `id_taken`."""
    if requested.id is not None and _find(uow, requested.id) is not None:
        raise Refused(ID_TAKEN)
    row = Fault(**fault(requested, uow.now))
    uow.add(row)
    uow.session.flush()
    uow.note("fault.arm", actor="tester", subject=requested.match.user, fault=row.id)
    return _card(row)


def page(uow: UnitOfWork, *, after: str | None, limit: int) -> Page[FaultCard]:
    """The faults, used up ones too, oldest first."""
    statement = uow.select(Fault)
    return page_after(uow, Fault, statement, after=after, limit=limit, show=_card)


def disarm(uow: UnitOfWork, fault_id: str) -> None:
    """Disarm a fault. Raises Refused (404)."""
    row = _find(uow, fault_id)
    if row is None:
        raise Refused(NOT_FOUND, detail="There is no such fault.")
    uow.session.delete(row)
    uow.note("fault.disarm", actor="tester", fault=fault_id)


def disarm_all(uow: UnitOfWork) -> None:
    """Disarm every fault; without any, nothing happens."""
    disarmed = uow.connection.execute(uow.delete(Fault)).rowcount
    if disarmed:
        uow.note("fault.disarm_all", actor="tester", faults=disarmed)


def _find(uow: UnitOfWork, fault_id: str) -> Fault | None:
    return uow.find(Fault, fault_id)


def _card(row: Fault) -> FaultCard:
    return FaultCard(
        id=row.id,
        match=FaultMatch.model_validate(row.match),
        effect=FaultEffect.model_validate(row.effect),
        skip=row.skip,
        times=row.times,
        met=row.met,
        hits=row.hits,
        since=row.since,
    )
