from datetime import UTC, timedelta

from logindrill.adapters.clock import RealClock


def test_real_time_is_aware_and_in_utc() -> None:
    assert RealClock().now().tzinfo is UTC


def test_elapsed_time_only_ever_grows() -> None:
    clock = RealClock()
    readings = [clock.elapsed() for _ in range(100)]
    assert readings == sorted(readings)


def test_sleeping_takes_real_time() -> None:
    clock = RealClock()
    before = clock.elapsed()
    clock.sleep(timedelta(milliseconds=20))
    assert clock.elapsed() - before >= timedelta(milliseconds=19)
