"""Runs a small task beside the calls of a server, in a thread of its own, again and again."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

_LOG = logging.getLogger("logindrill")


class InBackground:
    """One task, never twice at the same time; an error of it is logged, and it is run again later."""

    def __init__(self, task: Callable[[], None] | None) -> None:
        """None is no task."""
        self._task = task
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="housekeeping")
        self._running: asyncio.Future[None] | None = None

    def run(self) -> None:
        """Start the task in the running event loop, unless it has not ended since it was started last."""
        if self._task is not None and (self._running is None or self._running.done()):
            self._running = asyncio.get_running_loop().run_in_executor(self._thread, self._do, self._task)

    @staticmethod
    def _do(task: Callable[[], None]) -> None:
        try:
            task()
        except Exception as error:  # noqa: BLE001 - whatever it is, calls must go on
            _LOG.error("housekeeping failed and is tried again: %s", str(error).partition("\n")[0])
