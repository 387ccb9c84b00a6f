import asyncio
import threading

import pytest
from sqlalchemy.util import greenlet_spawn

from logindrill.adapters.waits import waiting_by
from logindrill.serving.loop_waits import LoopWaits
from logindrill.web.once import Once
from tests.support import event_loops


def test_it_is_made_when_it_is_needed_and_once() -> None:
    made: list[object] = []

    def make() -> object:
        made.append(object())
        return made[-1]

    once = Once(make)
    assert made == []
    assert once.get() is once.get()
    assert len(made) == 1


def test_what_fails_is_tried_again_by_the_next_one() -> None:
    tries = iter([ZeroDivisionError, None])

    def make() -> str:
        error = next(tries)
        if error is not None:
            raise error
        return "made"

    once = Once(make)
    with pytest.raises(ZeroDivisionError):
        once.get()
    assert once.get() == "made"


def test_in_the_event_loop_other_calls_run_while_it_is_made_and_all_who_ask_get_the_same() -> None:
    others_ran = threading.Event()
    made: list[str] = []

    def make() -> str:
        made.append(threading.current_thread().name)
        assert others_ran.wait(60)
        return "made"

    once = Once(make)

    async def ask() -> str:
        with waiting_by(LoopWaits()):
            return str(await greenlet_spawn(once.get))

    async def work() -> list[str]:
        asking = [asyncio.create_task(ask()) for _ in range(3)]
        while not made:
            await asyncio.sleep(0)
        others_ran.set()
        return await asyncio.gather(*asking)

    assert event_loops.run(work()) == ["made"] * 3
    assert len(made) == 1
