"""The summary of a sandbox: its time, what is armed in it, and a mark that changes with its content."""

from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import func, or_

from logindrill.models import Attempt, ClockMode, Condition, DeliveryRule, Event, Fault, Sandbox
from logindrill.work.unit_of_work import UnitOfWork


class SandboxSummary(Struct, frozen=True):
    """A sandbox as a page header shows it; used up faults and rules do not count as armed."""

    id: str
    preset: str
    title: str
    now: datetime
    clock: ClockMode
    moved: bool
    """Whether the clock differs from real time."""
    faults: int
    conditions: int
    delivery_rules: int
    mark: str

    @property
    def is_frozen(self) -> bool:
        """Whether the clock is frozen."""
        return self.clock is ClockMode.FROZEN


def show(uow: UnitOfWork) -> SandboxSummary:
    """The present summary."""
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
    """A text that changes whenever something is done in the sandbox; cheap enough to be read every second."""
    return _mark(uow, uow.session.get_one(Sandbox, uow.sandbox_key))


def _mark(uow: UnitOfWork, sandbox: Sandbox) -> str:
    newest = [
        uow.session.scalar(uow.select(model.key).order_by(model.key.desc()).limit(1)) for model in (Attempt, Event)
    ]
    shown = sandbox.frozen_at or sandbox.clock_offset
    return "-".join(str(part or 0) for part in (*newest, sandbox.clock_mode.value, shown)).replace(" ", "_")


def _count(uow: UnitOfWork, model: Any, *conditions: Any) -> int:
    statement = uow.select(func.count()).select_from(model).where(*conditions)
    return uow.session.scalar(statement) or 0
