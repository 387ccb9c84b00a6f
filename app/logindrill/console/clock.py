"""The clock pane: freeze it, move it forward, and see what fell due."""

from datetime import datetime, timedelta

from flask import url_for

from logindrill.console.door import act, pane
from logindrill.console.entries import text
from logindrill.console.page import ConsolePage, Done
from logindrill.rules.clocks import ClockMode
from logindrill.rules.decisions import Invalid, invalid
from logindrill.rules.durations import parse_span
from logindrill.services import clocks
from logindrill.services.clocks import Moved
from logindrill.work.unit_of_work import UnitOfWork
from logindrill.world.fields import moment

_SPANS = (("PT30S", "+30 s"), ("PT3M", "+3 min"), ("P1D", "+1 day"), ("P30D", "+30 days"))
_SHOWN = 100


@pane("/clock", "clock")
def show_clock(uow: UnitOfWork) -> ConsolePage:
    """What it shows, what is due next, and what the last move brought about."""
    clock, moved = clocks.show(uow), clocks.last_move(uow)
    fired = () if moved is None else moved.fired[:_SHOWN]
    due = fired if clock.next is None else (*fired, clock.next)
    values = {
        "clock": clock,
        "moved": moved,
        "fired": fired,
        "owners": clocks.owners(uow, due),
        "spans": _SPANS,
        "real_now": uow.real_now,
    }
    return ConsolePage("clock", "Clock", values)


@act("/clock/mode", back=show_clock)
def change_mode(uow: UnitOfWork) -> Done:
    """Freeze the clock, or let it go from where it stands."""
    mode = ClockMode.FROZEN if text("mode") == "frozen" else ClockMode.RUNNING
    clocks.set_to(uow, mode, None)
    said = "The clock is frozen." if mode is ClockMode.FROZEN else "The clock is running."
    return Done(url_for("console.show_clock", sandbox_id=uow.sandbox_id), said)


@act("/clock/advance", back=show_clock)
def advance_clock(uow: UnitOfWork) -> Done:
    """By a span, to a time, to the next thing due, or to the second before it."""
    moved = _advance(uow)
    count = len(moved.fired)
    said = (
        "nothing became due." if not count else "one thing became due." if count == 1 else f"{count} things became due."
    )
    return Done(url_for("console.show_clock", sandbox_id=uow.sandbox_id), f"Clock moved: {said}")


def _advance(uow: UnitOfWork) -> Moved:
    if text("next") == "due":
        return clocks.advance_to_next(uow)
    if text("next") == "before":
        return clocks.advance_to_just_before_next(uow)
    if text("to"):
        return clocks.advance_to(uow, _time(uow))
    return clocks.advance(uow, _span(text("by")))


def _span(written: str) -> timedelta:
    """`45 minutes` or `PT45M`. Raises Invalid."""
    try:
        return parse_span(written, "by")
    except Invalid as error:
        raise invalid("by", "Enter a time span such as 45 minutes, 2 days or PT45M.") from error


def _time(uow: UnitOfWork) -> datetime:
    """A time of the browser's own field counts as UTC, as every time here."""
    written = text("to")
    try:
        return moment(written if written[-1:] == "Z" or "+" in written else f"{written}Z", uow.now)
    except ValueError as error:
        raise invalid("to", "Enter a time such as 2026-03-02T09:00.") from error
