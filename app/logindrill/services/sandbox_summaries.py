"""What is to be seen of a sandbox at one glance: its time, what is armed in it, and a mark that changes with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_

from logindrill.models import Attempt, ClockMode, Condition, DeliveryRule, Event, Fault, Sandbox
from logindrill.work.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class SandboxSummary:
    """A sandbox as a header shows it; faults that are spent and rules that ran out are not armed."""

    id: str
    preset: str
    title: str
    now: datetime
    clock: ClockMode
    moved: bool
    """Whether the clock shows another time than the real one."""
    faults: int
    conditions: int
    delivery_rules: int
    mark: str

    @property
    def is_frozen(self) -> bool:
        """Whether the clock stands still."""
        return self.clock is ClockMode.FROZEN


def show(uow: UnitOfWork) -> SandboxSummary:
    """The sandbox as it is now."""
    sandbox = uow.session.get_one(Sandbox, uow.sandbox_key)
    still_counts = or_(DeliveryRule.times.is_(None), DeliveryRule.hits < DeliveryRule.times)
    return SandboxSummary(
        id=sandbox.id,
        preset=sandbox.preset,
        title=uow.preset.title,
        now=uow.now,
        clock=sandbox.clock_mode,
        moved=uow.now != uow.real_now,
        faults=_count(uow, Fault, Fault.met < Fault.skip + Fault.times),
        conditions=_count(uow, Condition),
        delivery_rules=_count(uow, DeliveryRule, still_counts),
        mark=_mark(uow, sandbox),
    )


def mark(uow: UnitOfWork) -> str:
    """A word that is another one whenever something was done in the sandbox; cheap enough to be asked each second."""
    return _mark(uow, uow.session.get_one(Sandbox, uow.sandbox_key))


def _mark(uow: UnitOfWork, sandbox: Sandbox) -> str:
    newest = [uow.session.scalar(uow.select(noun.key).order_by(noun.key.desc()).limit(1)) for noun in (Attempt, Event)]
    shown = sandbox.frozen_at or sandbox.clock_offset
    return "-".join(str(part or 0) for part in (*newest, sandbox.clock_mode.value, shown)).replace(" ", "_")


def _count(uow: UnitOfWork, noun: Any, *conditions: Any) -> int:
    statement = uow.select(func.count()).select_from(noun).where(*conditions)
    return uow.session.scalar(statement) or 0
