"""Runs the installed command in a separate process, as a user runs it."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

COMMAND = Path(sys.executable).with_name("logindrill")
PATIENCE = 120
"""Seconds after which something hangs: no machine is so busy that it takes this long."""

_UNWANTED = ("LOGINDRILL_", "FLASK_", "PYTHONDONTWRITEBYTECODE")


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server that is ready, with the facts that it printed."""

    process: subprocess.Popen[bytes]
    facts: dict[str, Any]
    folder: Path

    @property
    def url(self) -> str:
        """The address without a trailing slash."""
        return str(self.facts["url"])

    @property
    def output(self) -> str:
        """Standard output so far."""
        return (self.folder / "output").read_text()

    @property
    def errors(self) -> str:
        """Standard error so far."""
        return (self.folder / "errors").read_text()

    @property
    def workers(self) -> list[int]:
        """The processes below this one: none for one worker, which is the server itself."""
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def stop(self) -> int:
        """Ask the server to stop; its exit code."""
        self.process.terminate()
        return self.process.wait(PATIENCE)


@contextmanager
def running(
    *options: str, environ: Mapping[str, str] | None = None, cwd: Path | None = None, command: Path = COMMAND
) -> Iterator[RunningServer]:
    """A server started with these options on a free port, ready for calls; stopped at the end."""
    with tempfile.TemporaryDirectory(prefix="logindrill-test-") as name:
        folder = Path(name)
        process = _start(command, options, environ or {}, folder, cwd or folder)
        try:
            yield RunningServer(process, _wait_until_ready(process, folder), folder)
        finally:
            if process.poll() is None:
                process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def run(*arguments: str, environ: Mapping[str, str] | None = None, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [COMMAND, *arguments],
        env=clean_environment() | dict(environ or {}),
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def changed_command(folder: Path, *changes: str) -> Path:
    """The command with other constants, such as `serving.http_server.GRACE = 3600`."""
    code = [f"import logindrill.{change.rpartition(' = ')[0].rpartition('.')[0]}" for change in changes]
    code += [f"logindrill.{change}" for change in changes]
    command = folder / "changed-logindrill"
    program = "; ".join([*code, "from logindrill.cli import main", "main()"])
    command.write_text(f"""#!/bin/sh\nexec '{sys.executable}' -c '{program}' "$@"\n""")
    command.chmod(0o755)
    return command


def wait_until(holds: Callable[[], bool]) -> None:
    """Return when the condition is true; raises AssertionError if it never becomes true."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "what was waited for never came"
        time.sleep(0.01)


def clean_environment() -> dict[str, str]:
    """The environment without what would change the server or slow its start down."""
    return {name: value for name, value in os.environ.items() if not name.startswith(_UNWANTED)}


def _start(
    command: Path, options: tuple[str, ...], environ: Mapping[str, str], folder: Path, cwd: Path
) -> subprocess.Popen[bytes]:
    with (folder / "output").open("wb") as output, (folder / "errors").open("wb") as errors:
        return subprocess.Popen(
            [command, "serve", "--port", "0", "--ready-file", folder / "ready", *options],
            env=clean_environment() | dict(environ),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
        )


def _wait_until_ready(process: subprocess.Popen[bytes], folder: Path) -> dict[str, Any]:
    wait_until(lambda: (folder / "ready").exists() or process.poll() is not None)
    if not (folder / "ready").exists():
        raise RuntimeError(f"the server did not start ({process.poll()}): {(folder / 'errors').read_text()}")
    facts: dict[str, Any] = json.loads((folder / "ready").read_text())
    return facts
