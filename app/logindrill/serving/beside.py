"""Runs a second server next to a command, on a free port and with a database of its own, while the command runs."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

from logindrill.serving.early_stop import BY_SIGNAL, STOP_SIGNALS, tell
from logindrill.serving.failures import CANNOT_START


@contextmanager
def server_beside(serve_options: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The announcement of the new server: its `url`, `first_person` and so on.

    Raises SystemExit where the server cannot start; it has printed the reason itself. A stop signal ends the server
    too.
    """
    stopped_by: list[int] = []
    for number in STOP_SIGNALS:
        signal.signal(number, lambda sent, _frame: stopped_by.append(sent))
    with _start(serve_options) as server:
        try:
            facts = _facts_unless_stopped(server, stopped_by)
            for number in STOP_SIGNALS:
                signal.signal(number, signal.default_int_handler if number == signal.SIGINT else _raise_exit)
            yield facts
        finally:
            server.terminate()


def _facts_unless_stopped(server: subprocess.Popen[str], stopped_by: list[int]) -> dict[str, Any]:
    """The server's announcement; raises SystemExit where a signal comes before it."""

    def stop(sent: int, _frame: object) -> None:
        stopped_by.append(sent)
        server.terminate()

    for number in STOP_SIGNALS:
        signal.signal(number, stop)
    if stopped_by:
        server.terminate()
    line = server.stdout.readline() if server.stdout else ""
    if stopped_by:
        server.wait()
        raise SystemExit(BY_SIGNAL + stopped_by[0] if server.returncode > 0 else tell(stopped_by[0]))
    if not line:
        raise SystemExit(server.wait() or CANNOT_START)
    facts: dict[str, Any] = json.loads(line)
    return facts


def _raise_exit(number: int, _frame: object) -> NoReturn:
    raise SystemExit(BY_SIGNAL + number)


def _start(serve_options: Sequence[str]) -> subprocess.Popen[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("LOGINDRILL_")}
    database = [] if any(option.startswith("--database-url") for option in serve_options) else ["--ephemeral"]
    return subprocess.Popen(
        [sys.executable, "-m", "logindrill", "serve", *database, "--port", "0", "--json", *serve_options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        env=inherited,
        text=True,
        start_new_session=True,  # Ctrl-C is meant for the command; the server ends after it
    )
