"""Several workers: gunicorn keeps the processes alive, each of them is a server of its own on the same sockets."""

import ctypes
import fcntl
import gc
import os
import signal
import socket
import sys
import termios
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker as BaseWorker

from logindrill.serving import early_stop, http_server
from logindrill.serving.early_stop import STOP_SIGNALS
from logindrill.serving.failures import CANNOT_START
from logindrill.serving.http_server import HttpServer
from logindrill.serving.wsgi import Wsgi
from logindrill.settings import Settings

_PR_SET_PDEATHSIG = 1
"""A constant of Linux's <sys/prctl.h>."""

_SECONDS_BETWEEN_SIGNS = 1
_SECONDS_WITHOUT_A_SIGN = 120
"""A worker that gives no sign of life for so long is replaced."""


class Worker(BaseWorker):
    """One process; it ends at once when its supervisor does, so that it never keeps the port from a new server."""

    app: "Workers"

    def init_process(self) -> None:
        """Begin, bound to the supervisor: a worker that is still looking for its database must end with it too."""
        self.app.end_with_supervisor()
        super().init_process()

    def init_signals(self) -> None:
        """A terminal sends Ctrl-C to every process; only the supervisor reacts, and asks the workers to finish."""
        super().init_signals()
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    def run(self) -> None:
        """Serve until asked to stop; not at all where that was asked for already."""
        if not self.alive:
            return
        server = HttpServer(
            self.app.settings, self.wsgi, announce=self.app.announce, stop_signals=(signal.SIGTERM, signal.SIGQUIT)
        )
        server.config.callback_notify = self._give_sign
        server.config.timeout_notify = _SECONDS_BETWEEN_SIGNS
        server.serve_on([listener.sock for listener in self.sockets])  # type: ignore[attr-defined]

    async def _give_sign(self) -> None:
        self.notify()


class Supervisor(Arbiter):
    """Keeps the workers alive; asked once to stop, it lets them finish, asked twice, it does not.

    Before the server is ready, there is nothing to finish: the workers end at once.
    """

    app: "Workers"
    SIGNALS = [signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM]  # noqa: RUF012 - as in the base class

    def signal(self, sig: int, frame: FrameType | None) -> None:
        """Remember a signal that came before the server was ready."""
        if sig in STOP_SIGNALS and not self.app.is_announced:
            self.app.stopped_early = sig
        super().signal(sig, frame)

    def kill_workers(self, sig: int) -> None:
        """Pass a signal on to the workers."""
        super().kill_workers(sig if self.app.is_announced else signal.SIGKILL)

    def handle_int(self) -> None:
        """Ctrl-C ends the server as SIGTERM does."""
        self.handle_term()

    def handle_hup(self) -> None:
        """A closed terminal ends the server too."""
        self.handle_term()


class Workers(BaseApplication):
    """The application in gunicorn's form, with its whole configuration."""

    def __init__(
        self, settings: Settings, sockets: list[socket.socket], build: Callable[[], Wsgi], announce: Callable[[], None]
    ) -> None:
        """Take over the sockets.

        `build` makes the application in a worker, `announce` is called by the first worker.
        """
        self.settings = settings
        self._binds = [f"fd://{listener.detach()}" for listener in sockets]
        self._build = build
        self._announce = announce
        self._turn, turns = os.pipe()
        os.write(turns, b"1")
        os.set_blocking(self._turn, False)
        self._life, self._life_of_supervisor = os.pipe()
        self.stopped_early: int | None = None
        """The signal that stopped the server before it was ready, if one did."""
        super().__init__()

    def load_config(self) -> None:
        """The whole configuration of gunicorn; no file and no environment variable is read."""
        configuration: dict[str, Any] = {
            "bind": self._binds,
            "workers": self.settings.workers,
            "worker_class": Worker,
            "timeout": _SECONDS_WITHOUT_A_SIGN,
            "graceful_timeout": http_server.GRACE + 1,
            "control_socket_disable": True,
            "when_ready": lambda _supervisor: gc.enable(),
            "loglevel": "critical",
        }
        for name, value in configuration.items():
            self.cfg.set(name, value)

    def load(self) -> Wsgi:  # type: ignore[override]
        """The WSGI application, made anew in each worker so that no connection is shared across a fork."""
        return self._build()

    @property
    def is_announced(self) -> bool:
        """Whether a worker has taken its turn to announce that the server is ready."""
        waiting = fcntl.ioctl(self._turn, termios.FIONREAD, bytes(4))
        return int.from_bytes(waiting, sys.byteorder) == 0

    def announce(self) -> None:
        """Announce readiness from the first worker only; a worker started later, as a replacement, stays silent."""
        try:
            os.read(self._turn, 1)
        except BlockingIOError:
            return
        self._announce()

    def end_with_supervisor(self) -> None:
        """End this worker as soon as a pipe is closed that only the supervisor holds open.

        On Linux the system kills it too, even one that is stopped or never comes to its threads.
        """
        os.close(self._life_of_supervisor)
        ask_the_system = getattr(ctypes.CDLL(None), "prctl", None)
        if ask_the_system is not None:
            ask_the_system(_PR_SET_PDEATHSIG, signal.SIGKILL)

        def wait() -> None:
            os.read(self._life, 1)
            os._exit(CANNOT_START)

        threading.Thread(target=wait, daemon=True, name="end-with-supervisor").start()

    def run(self) -> None:
        """Serve until asked to stop; ends with SystemExit, in the supervisor and in every worker."""
        supervisor = os.getpid()
        try:
            Supervisor(self).run()
        except SystemExit as end:
            if self.stopped_early is not None and os.getpid() == supervisor and not self.is_announced:
                raise SystemExit(early_stop.tell(self.stopped_early)) from end
            if end.code == Arbiter.WORKER_BOOT_ERROR:
                raise SystemExit(CANNOT_START) from end
            raise
