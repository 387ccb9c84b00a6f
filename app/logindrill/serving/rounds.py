"""Shares the event loop between sandboxes: who calls very often delays the calls of others by one call, not by all."""

import asyncio
from collections import deque


class Rounds:
    """One call begins in each round of the event loop. Where several wait to begin, their sandboxes take turns.

    Without it, all calls that a flood has sent in the meantime would begin before anything that comes after them.
    """

    def __init__(self) -> None:
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}
        """By whose they are; the first in line is first."""
        self._is_taken = False
        """Whether a call has begun in this round."""

    async def turn(self, path: str) -> None:
        """Return when the call with this path may begin."""
        loop = asyncio.get_running_loop()
        if not self._is_taken:
            self._is_taken = True
            loop.call_soon(self._go_on)
            return
        mine: asyncio.Future[None] = loop.create_future()
        self._waiting.setdefault(_whose(path), deque()).append(mine)
        await mine

    def _go_on(self) -> None:
        """Let the next one begin."""
        while self._waiting:
            whose, calls = next(iter(self._waiting.items()))
            del self._waiting[whose]
            call = calls.popleft()
            if calls:
                self._waiting[whose] = calls  # behind all others
            if not call.done():
                call.set_result(None)
                asyncio.get_running_loop().call_soon(self._go_on)
                return
        self._is_taken = False


def _whose(path: str) -> str:
    """The sandbox of a path; where it names none, its first part."""
    parts = path.split("/", 5)
    if parts[1:2] == ["s"] and len(parts) > 2:
        return parts[2]
    if parts[1:4] == ["control", "v1", "sandboxes"] and len(parts) > 4:
        return parts[4]
    return f"/{parts[1]}" if len(parts) > 1 else ""
