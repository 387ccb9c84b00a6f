"""Makes many calls at the same moment, in threads of this process."""

import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def at_once(count: int, work: Callable[[int], T]) -> list[T | BaseException]:
    """The results of calls that all start together, exceptions included."""
    outcomes: list[T | BaseException] = []
    start = threading.Barrier(count)

    def call(number: int) -> None:
        start.wait(30)
        try:
            outcomes.append(work(number))
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test looks at it
            outcomes.append(error)

    threads = [threading.Thread(target=call, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes
