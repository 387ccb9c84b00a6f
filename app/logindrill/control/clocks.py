"""The clock of a sandbox: show it, set it, move it forward."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from logindrill.control.door import DOOR
from logindrill.rules.clocks import ClockMode
from logindrill.rules.durations import parse_duration
from logindrill.services import clocks as service
from logindrill.services.clocks import Clock, Moved
from logindrill.web.bodies import Body
from logindrill.web.tester import carry_time, look, run_order
from logindrill.work.runtime import Runtime
from logindrill.work.unit_of_work import UnitOfWork
from logindrill.world.fields import Duration, Moment, moment


class ClockSetting(Body):
    """The new state of the clock. A field that is left out stays as it is; at least one is needed."""

    mode: Annotated[ClockMode | None, Field(strict=False)] = None
    now: Moment | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.mode is None and self.now is None:
            raise ValueError("mode, now or both")
        return self


class Advance(Body):
    """How far to move the clock. Send exactly one of the three fields."""

    by: Duration | None = None
    to: Moment | None = None
    to_next: Literal[True] | None = None

    @model_validator(mode="after")
    def _one_of_the_three(self) -> Self:
        if sum(value is not None for value in (self.by, self.to, self.to_next)) != 1:
            raise ValueError("one of by, to and to_next")
        return self


@DOOR.operation("GET", "/sandboxes/{sandbox_id}/clock", "Show the clock", tag="Clock", answers={200: Clock})
def show_clock(runtime: Runtime, sandbox_id: str) -> Clock:
    """Returns the time, whether the clock is running or frozen, and which deadlines come next."""
    return look(runtime, sandbox_id, service.show)


@DOOR.operation(
    "PUT",
    "/sandboxes/{sandbox_id}/clock",
    "Set the clock",
    tag="Clock",
    body=ClockSetting,
    answers={200: Moved},
    problems=(409,),
    example={"mode": "frozen", "now": "2026-03-02T09:00:00Z"},
)
def set_clock(runtime: Runtime, body: ClockSetting, sandbox_id: str) -> Moved:
    """Freezes the clock, lets it run, or sets it to a later time. An earlier time is refused with 409
    `clock_backwards`; to go back in time, restore a snapshot."""

    def set_it(uow: UnitOfWork) -> Moved:
        return service.set_to(uow, body.mode, None if body.now is None else moment(body.now, uow.now))

    return _moved_clock(run_order(runtime, sandbox_id, set_it))


@DOOR.operation(
    "POST",
    "/sandboxes/{sandbox_id}/clock/advance",
    "Move the clock forward",
    tag="Clock",
    body=Advance,
    answers={200: Moved},
    problems=(409,),
    example={"by": "P30D"},
)
def advance_clock(runtime: Runtime, body: Advance, sandbox_id: str) -> Moved:
    """When the answer arrives, everything that fell due has happened. `fired` lists it in order."""

    def advance(uow: UnitOfWork) -> Moved:
        if body.by is not None:
            return service.advance(uow, parse_duration(body.by, "by"))
        if body.to is not None:
            return service.advance_to(uow, moment(body.to, uow.now))
        return service.advance_to_next(uow)

    return _moved_clock(run_order(runtime, sandbox_id, advance))


def _moved_clock(moved: Moved) -> Moved:
    carry_time(moved.now)
    return moved
