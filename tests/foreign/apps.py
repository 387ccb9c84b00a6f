"""Starts small web applications that use a foreign library: ours in `programs/`, each on a port of its own.

All of them answer the same addresses: `/me` says in JSON who is signed in (`{}` for nobody), `/sign-in` begins,
`/sign-out` ends, `/refresh` renews the tokens and says in JSON how that went. `/error` is the last error that the
library handed to the application.
"""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.foreign.bakery import OPEN_CLIENT, SECRET, Bakery
from tests.foreign.libraries import installed, program
from tests.support.processes import PATIENCE, clean_environment, wait_until

PROGRAMS = Path(__file__).parent / "programs"


@dataclass(frozen=True, slots=True)
class WebApp:
    """A started application."""

    url: str
    output: Path

    def at(self, path: str) -> str:
        """One of its addresses."""
        return self.url + path


@contextmanager
def started(library: str, bakery: Bakery, program_name: str, **more: Any) -> Iterator[WebApp]:
    """Start the program of a library at the provider of a sandbox; it prints its address as soon as it listens."""
    facts = {"issuer": bakery.issuer, "base": bakery.base, "client_id": OPEN_CLIENT, "client_secret": SECRET, **more}
    with tempfile.TemporaryDirectory(prefix="logindrill-foreign-") as name:
        folder = Path(name)
        command = _command(installed(library), folder, program_name)
        with process(command, folder, {"APP": json.dumps(facts)}) as output:
            yield WebApp(output.read_text().split("ready ")[1].split()[0], output)


@contextmanager
def process(command: list[str], folder: Path, environ: Mapping[str, str], sign: str = "ready http") -> Iterator[Path]:
    """A process that has printed this sign that it is ready; the file with all that it prints."""
    output = folder / "output"
    with output.open("wb") as file:
        running = subprocess.Popen(
            command, cwd=folder, env={**clean_environment(), **environ}, stdout=file, stderr=subprocess.STDOUT
        )
    try:
        wait_until(lambda: sign in output.read_text() or running.poll() is not None)
        assert running.poll() is None, output.read_text()
        yield output
    finally:
        running.terminate()
        running.wait(PATIENCE)


def _command(library: Path, folder: Path, name: str) -> list[str]:
    """Copy a program beside its library, where Node looks for packages."""
    path = shutil.copy(PROGRAMS / "servers" / name, folder)
    for helper in (PROGRAMS / "servers").glob("common*"):
        shutil.copy(helper, folder)
    if name.endswith(".py"):
        return [str(library / "python" / "bin" / "python"), str(path)]
    (folder / "node_modules").symlink_to(library / "node_modules")
    return [program("node"), str(path)]
