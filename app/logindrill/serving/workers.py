"""The workers: gunicorn with threads, configured by this program alone."""

import gc
import os
import signal
import socket
from collections.abc import Callable
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.workers import gthread

from logindrill.serving.failures import CANNOT_START, print_error
from logindrill.serving.log import ServerLog
from logindrill.serving.protocol import answer_with_problem_documents, read_chunks_safely
from logindrill.settings import THREADS, Settings

GRACE = 10
"""Seconds that running calls get to finish when the server is asked to stop."""

_KEEP_ALIVE = 60
"""Seconds an idle connection is kept open, so that a client's pool does not meet closed ones between two calls."""

_LINGER = 0.2
"""Seconds a stopping worker waits for a call that may already be on its way on a kept connection."""

Wsgi = Callable[..., Any]


class Worker(gthread.ThreadWorker):
    """Announces when it accepts calls, and leaves Ctrl-C to the supervisor, which asks it to finish."""

    def init_process(self) -> None:
        """Load the application with garbage collection off: a third faster."""
        gc.disable()
        super().init_process()

    def init_signals(self) -> None:
        """A terminal sends Ctrl-C to every process; only the supervisor reacts."""
        super().init_signals()
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    def run(self) -> None:
        """Serve; the loop first sends the announcement."""
        self.method_queue.defer(self.app.announce)  # type: ignore[attr-defined]
        self.method_queue.defer(_look_after_memory)
        super().run()


class Supervisor(Arbiter):
    """Keeps the workers alive; asked once to stop, it lets them finish, asked twice, it does not."""

    SIGNALS = [signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM]  # noqa: RUF012 - as in the base class

    def handle_int(self) -> None:
        """Ctrl-C ends the server as SIGTERM does."""
        self.handle_term()

    def handle_hup(self) -> None:
        """A closed terminal ends the server too."""
        self.handle_term()


class GunicornServer(BaseApplication):
    """The application in gunicorn's form, with its whole configuration."""

    def __init__(
        self, settings: Settings, sockets: list[socket.socket], build: Callable[[], Wsgi], announce: Callable[[], None]
    ) -> None:
        """Take over the sockets.

        `build` makes the application in a worker, `announce` is called by the first worker.
        """
        self._settings = settings
        self._binds = [f"fd://{listener.detach()}" for listener in sockets]
        self._build = build
        self._announce = announce
        self._turn, turns = os.pipe()
        os.write(turns, b"1")
        os.set_blocking(self._turn, False)
        super().__init__()

    def load_config(self) -> None:
        """The whole configuration of gunicorn; no file and no environment variable is read."""
        for name, value in _configuration(self._settings, self._binds).items():
            self.cfg.set(name, value)

    def load(self) -> Wsgi:
        """The WSGI application, made anew in each worker so that no connection is shared across a fork."""
        return read_chunks_safely(self._build())

    def announce(self) -> None:
        """Announce readiness from the first worker only; a worker started later, as a replacement, stays silent."""
        try:
            os.read(self._turn, 1)
        except BlockingIOError:
            return
        try:
            self._announce()
        except OSError as error:
            print_error(f"ready, but cannot say so: {error}")

    def run(self) -> None:
        """Serve until asked to stop; ends with SystemExit, in the supervisor and in every worker."""
        answer_with_problem_documents()
        gthread.STOP_KEEPALIVE_LINGER = _LINGER  # type: ignore[attr-defined]
        try:
            Supervisor(self).run()
        except SystemExit as end:
            if end.code == Arbiter.WORKER_BOOT_ERROR:
                raise SystemExit(CANNOT_START) from end
            raise


def _look_after_memory() -> None:
    """Turn garbage collection on, for everything but what is loaded already: that stays as long as the process."""
    gc.collect()
    gc.freeze()
    gc.enable()


def _configuration(settings: Settings, binds: list[str]) -> dict[str, Any]:
    return {
        "bind": binds,
        "workers": settings.workers,
        "worker_class": Worker,
        "threads": THREADS,
        "timeout": 120,
        "graceful_timeout": GRACE,
        "keepalive": _KEEP_ALIVE,
        "limit_request_line": 8190,
        "certfile": str(settings.tls_cert) if settings.tls_cert else None,
        "keyfile": str(settings.tls_key) if settings.tls_key else None,
        "forwarded_allow_ips": "",
        "forwarder_headers": "",
        "control_socket_disable": True,
        "when_ready": lambda _supervisor: gc.enable(),
        "logger_class": ServerLog,
        "loglevel": "error",
        "accesslog": "-" if settings.verbose else None,
        "access_log_format": "%(h)s %(r)s %(s)s %(M)sms",
    }
