"""Servers as users start them, which a storm may kill and start again on the same port."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tools.bench.servers import environment
from tools.weather.calls import Client, Unexpected

_COMMAND = Path(sys.executable).with_name("logindrill")
_PATIENCE = 120
"""Seconds after which something hangs: no machine is so busy that it takes this long."""


class Server:
    """One server: started, killed and started again, with the same options."""

    def __init__(self, folder: Path, *options: str, environ: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.facts: dict[str, Any] = {}
        self._options = options
        self._environ = dict(environ or {})
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address by number."""
        return str(self.facts["url"]).replace("//localhost", "//127.0.0.1")

    @property
    def port(self) -> int:
        """Its port."""
        return int(self.url.rpartition(":")[2])

    @property
    def pid(self) -> int:
        """The process that was started."""
        assert self._process is not None
        return self._process.pid

    @property
    def workers(self) -> list[int]:
        """The processes below it; itself where there is only one."""
        found = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return [int(child) for child in found] or [self.pid]

    @property
    def errors(self) -> str:
        """Standard error of all its lives."""
        return (self.folder / "errors").read_text()

    def start(self, *, port: int = 0) -> float:
        """Start it; returns the seconds until it was ready."""
        ready = self.folder / "ready"
        ready.unlink(missing_ok=True)
        begun = time.monotonic()
        with (self.folder / "errors").open("ab") as errors:
            self._process = subprocess.Popen(
                [_COMMAND, "serve", "--port", str(port), "--ready-file", ready, *self._options],
                cwd=self.folder,
                env=environment() | self._environ,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
            )
        wait_until(lambda: ready.exists() or self.ended)
        if not ready.exists():
            raise Unexpected(f"the server did not start: {self.errors}")
        first = self.facts.get("first_person")
        self.facts = json.loads(ready.read_text())
        self.facts["first_person"] = self.facts["first_person"] or first
        return time.monotonic() - begun

    @property
    def ended(self) -> bool:
        """Whether the process that was started has ended."""
        return self._process is None or self._process.poll() is not None

    def kill(self) -> None:
        """Kill the process that was started, and leave the others to their fate."""
        os.kill(self.pid, signal.SIGKILL)
        assert self._process is not None
        self._process.wait(_PATIENCE)

    def stop(self) -> None:
        """Ask it to stop; kill it if it does not."""
        if self._process is None or self.ended:
            return
        self._process.terminate()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()


@contextmanager
def serving(folder: Path, *options: str, environ: Mapping[str, str] | None = None) -> Iterator[Server]:
    """A server that is ready; stopped at the end. Raises Unexpected."""
    folder.mkdir(exist_ok=True)
    server = Server(folder, *options, environ=environ)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def wait_until(holds: Callable[[], bool]) -> float:
    """The seconds until the condition was true. Raises Unexpected where it never is."""
    begun = time.monotonic()
    while not holds():
        if time.monotonic() - begun > _PATIENCE:
            raise Unexpected("what was waited for never came")
        time.sleep(0.01)
    return time.monotonic() - begun


def whole_again(server: Server, times: int = 4) -> float:
    """The seconds until sign-ins succeed several times in a row."""
    client = Client(server.url)
    in_a_row = 0

    def whole() -> bool:
        nonlocal in_a_row
        client.close()  # another connection may come to another worker
        signed_in = client.call("POST", "/v1/sign-ins", server.facts["first_person"]).status == 201
        in_a_row = in_a_row + 1 if signed_in else 0
        return in_a_row >= times

    taken = wait_until(whole)
    client.close()
    return taken
