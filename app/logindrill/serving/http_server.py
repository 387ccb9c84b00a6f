"""The HTTP server of one process: uvicorn with the application, on sockets that are bound already."""

import asyncio
import gc
import signal
import socket
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import Any, cast

import uvicorn

from logindrill.adapters import memory
from logindrill.serving.background import InBackground
from logindrill.serving.failures import say_the_rest
from logindrill.serving.log import LoopErrors, log_errors
from logindrill.serving.protocol import Connection
from logindrill.serving.wsgi import Bridge, Wsgi
from logindrill.settings import Settings
from logindrill.web.addresses import HOUSEKEEPING
from logindrill.web.limits import largest_body

GRACE = 10
"""Seconds that running calls get to finish when the server is asked to stop."""

_KEEP_ALIVE = 60
"""Seconds an idle connection is kept open, so that a client's pool does not meet closed ones between two calls."""

_TURN = 0.0005
"""Seconds after which a thread that computes gives the interpreter to the event loop. The loop would wait for
Python's own ten times as many at each statement of the database.
"""

_TICKS = 10
"""How many ticks, of 0.1 s each, lie between two searches for connections that are overdue."""


TICKS_BETWEEN_COLLECTIONS = 100
"""A TLS handshake that is given up leaves some 300 KiB in a cycle, which the collector counts as a few objects."""


class HttpServer(uvicorn.Server):
    """Serves until it is asked to stop, then lets running calls finish."""

    def __init__(
        self, settings: Settings, application: Wsgi, *, announce: Callable[[], None], stop_signals: Iterable[int]
    ) -> None:
        """`announce` is called as soon as calls are accepted."""
        super().__init__(_configuration(settings, application))
        extensions: Mapping[str, Any] = getattr(application, "extensions", {})
        self._housekeeping = InBackground(extensions.get(HOUSEKEEPING))
        self._announce = announce
        self._stop_signals = tuple(stop_signals)
        self.stopped_early: int | None = None
        """The signal that stopped the server before it was ready, if one did."""
        self._announced = False

    def serve_on(self, sockets: list[socket.socket]) -> None:
        """Serve; the sockets are closed at the end."""
        log_errors()
        with asyncio.Runner(loop_factory=self.config.get_loop_factory()) as runner:
            runner.get_loop().set_exception_handler(LoopErrors())
            runner.run(self.serve(sockets))

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Accept calls, and say so."""
        await super().startup(sockets)
        gc.freeze()  # what is loaded stays as long as the process: no collection needs to look at it
        gc.enable()
        sys.setswitchinterval(_TURN)
        if self.stopped_early is None:
            self._announced = True
            self._announce()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal asks the server to stop; one that is not ready yet never says that it is."""
        if not self._announced:
            self.stopped_early = sig
        super().handle_exit(sig, frame)

    async def on_tick(self, counter: int) -> bool:
        """Uvicorn's own ten-times-a-second look at what is due."""
        if counter % _TICKS == 0:
            now = asyncio.get_running_loop().time()
            for connection in list(self.server_state.connections):
                cast(Connection, connection).end_when_overdue(now)
            self._housekeeping.run()
            say_the_rest()
        if self.config.is_ssl and counter % TICKS_BETWEEN_COLLECTIONS == 0:
            memory.give_back()
        return await super().on_tick(counter)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Each of the signals asks the server to stop; none is raised again at the end."""
        for number in self._stop_signals:
            signal.signal(number, self.handle_exit)
        yield


def _configuration(settings: Settings, application: Wsgi) -> uvicorn.Config:
    options: dict[str, Any] = {
        "http": Connection,
        "ws": "none",
        "lifespan": "off",
        "loop": "asyncio",
        "log_config": None,
        "access_log": False,
        "proxy_headers": False,
        "server_header": False,
        "timeout_keep_alive": _KEEP_ALIVE,
        "timeout_graceful_shutdown": GRACE,
        "ssl_certfile": settings.tls_cert,
        "ssl_keyfile": settings.tls_key,
    }
    return uvicorn.Config(Bridge(application, largest_body=largest_body, verbose=settings.verbose), **options)
