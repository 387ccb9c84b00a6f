"""A server beside the work at hand: started on a free port with a database of its own, and ended with it."""

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
    """What the server said when it was ready: its `url`, `first_person` and so on. Raises SystemExit, the server having
    said why, where it cannot start."""
    with _start(serve_options) as server:
        try:
            yield _first_words(server)
        finally:
            server.terminate()


def _start(serve_options: Sequence[str]) -> subprocess.Popen[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("LOGINDRILL_")}
    place = [] if any(option.startswith("--database-url") for option in serve_options) else ["--ephemeral"]
    return subprocess.Popen(
        [sys.executable, "-m", "logindrill", "serve", *place, "--port", "0", "--json", *serve_options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        env=inherited,
        text=True,
        start_new_session=True,  # a Ctrl-C is for the command; the server outlives it
    )


def _first_words(server: subprocess.Popen[str]) -> dict[str, Any]:
    line = server.stdout.readline() if server.stdout else ""
    if not line:
        raise SystemExit(server.wait() or CANNOT_START)
    facts: dict[str, Any] = json.loads(line)
    return facts
