"""How a call waits in the event loop: it is set aside, and other calls run until its wait is over."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TypeVar

from sqlalchemy.util import await_only

from logindrill.adapters.hashing import cores
from logindrill.adapters.waits import Signal

T = TypeVar("T")


class LoopSignal:
    """A signal for a call in the event loop; any thread may give it."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._given: asyncio.Future[None] = self._loop.create_future()

    def wait(self, patience: timedelta) -> bool:
        """Whether it was given in time."""
        given, _ = await_only(asyncio.wait([self._given], timeout=patience.total_seconds()))
        return bool(given)

    def give(self) -> None:
        """Let the waiting call go on."""
        self._loop.call_soon_threadsafe(self._give)

    def _give(self) -> None:
        if not self._given.done():
            self._given.set_result(None)


class LoopWaits:
    """Waits of calls that run in a greenlet of the event loop, as SQLAlchemy's `greenlet_spawn` makes them."""

    in_loop = True

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(max_workers=cores(), thread_name_prefix="hash")

    def sleep(self, duration: timedelta) -> None:
        """Go on after a real duration."""
        await_only(asyncio.sleep(duration.total_seconds()))

    def in_thread(self, function: Callable[[], T]) -> T:
        """Go on with the result of a function that ran in another thread, at most one for each core at a time."""
        ready: Awaitable[T] = asyncio.get_running_loop().run_in_executor(self._threads, function)
        return await_only(ready)

    def signal(self) -> Signal:
        """A signal for this call."""
        return LoopSignal()
