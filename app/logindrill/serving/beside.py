"""Runs a second server next to a command, on a free port and with a database of its own, while the command runs."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from logindrill.serving.failures import CANNOT_START


@contextmanager
def server_beside(serve_options: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The announcement of the new server: its `url`, `first_person` and so on.

    Raises SystemExit where the server cannot start; it has printed the reason itself.
    """
    with _start(serve_options) as server:
        try:
            yield _first_words(server)
        finally:
            server.terminate()


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


def _first_words(server: subprocess.Popen[str]) -> dict[str, Any]:
    line = server.stdout.readline() if server.stdout else ""
    if not line:
        raise SystemExit(server.wait() or CANNOT_START)
    facts: dict[str, Any] = json.loads(line)
    return facts
