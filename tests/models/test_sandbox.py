from datetime import UTC, datetime, timedelta

from logindrill.models import ClockMode, Sandbox

REAL = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
VIRTUAL = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def a_running_sandbox() -> Sandbox:
    return Sandbox(clock_mode=ClockMode.RUNNING, clock_offset=VIRTUAL - REAL, frozen_at=None)


def test_a_running_clock_goes_with_real_time_at_its_own_distance() -> None:
    sandbox = a_running_sandbox()
    assert sandbox.now(REAL) == VIRTUAL
    assert sandbox.now(REAL + timedelta(seconds=90)) == VIRTUAL + timedelta(seconds=90)


def test_a_frozen_clock_stands_still() -> None:
    sandbox = a_running_sandbox()
    sandbox.freeze(VIRTUAL)
    assert sandbox.now(REAL + timedelta(days=9)) == VIRTUAL


def test_a_clock_that_runs_again_goes_on_from_where_it_is_set() -> None:
    sandbox = a_running_sandbox()
    sandbox.freeze(VIRTUAL)
    sandbox.run(VIRTUAL, REAL + timedelta(hours=1))
    assert sandbox.now(REAL + timedelta(hours=2)) == VIRTUAL + timedelta(hours=1)


def test_a_clock_that_is_moved_goes_on_as_it_went() -> None:
    running, frozen = a_running_sandbox(), a_running_sandbox()
    frozen.freeze(VIRTUAL)
    later = VIRTUAL + timedelta(days=30)
    for sandbox in (running, frozen):
        sandbox.move(later, REAL)
    assert running.now(REAL + timedelta(seconds=1)) == later + timedelta(seconds=1)
    assert frozen.now(REAL + timedelta(seconds=1)) == later
