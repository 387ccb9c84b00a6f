"""Turns of calls: one at a time, first come, first served, never longer than their patience."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread

import pytest

from logindrill.adapters.changes import Changes
from logindrill.adapters.waits import Turn, TurnMissed

LONG = timedelta(seconds=60)
SHORT = timedelta(milliseconds=10)


def started(action: Callable[[], None]) -> Thread:
    thread = Thread(target=action)
    thread.start()
    return thread


def test_one_at_a_time_has_the_turn() -> None:
    turn, inside, most = Turn(), [0], [0]

    def take() -> None:
        for _ in range(200):
            with turn.taken(LONG):
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                inside[0] -= 1

    threads = [started(take) for _ in range(8)]
    for thread in threads:
        thread.join()
    assert (inside, most) == ([0], [1])


def test_who_came_first_is_served_first() -> None:
    turn, order = Turn(), []
    threads = []
    with turn.taken(LONG):
        for number in range(5):
            waiting = len(turn)

            def take(number: int = number) -> None:
                with turn.taken(LONG):
                    order.append(number)

            threads.append(started(take))
            while len(turn) == waiting:
                pass
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4]


def test_a_turn_that_does_not_come_in_time_is_missed_and_others_get_theirs() -> None:
    turn = Turn()
    with turn.taken(LONG):
        with pytest.raises(TurnMissed), turn.taken(SHORT):
            raise AssertionError("it was taken twice")
        assert len(turn) == 0
    with turn.taken(SHORT):
        pass


def test_an_error_passes_the_turn_on() -> None:
    turn = Turn()
    with pytest.raises(ZeroDivisionError), turn.taken(SHORT):
        raise ZeroDivisionError
    with turn.taken(SHORT):
        pass


def test_a_change_wakes_only_those_who_watch_the_sandbox() -> None:
    changes = Changes()
    with changes.watching(1) as mine, changes.watching(2) as other:
        changes.happened(1)
        assert mine.wait(LONG)
        assert not other.wait(timedelta(0))
    changes.happened(1)


def test_a_change_before_the_wait_begins_is_not_missed() -> None:
    changes, watching, gone_on = Changes(), Event(), []

    def watch() -> None:
        with changes.watching(7) as changed:
            watching.set()
            gone_on.append(changed.wait(LONG))

    thread = started(watch)
    watching.wait()
    changes.happened(7)
    thread.join()
    assert gone_on == [True]
