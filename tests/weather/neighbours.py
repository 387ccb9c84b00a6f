"""How long somebody's sign-ins take while a big sandbox beside theirs is worked on."""

import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx

from logindrill.adapters.clock import RealClock
from logindrill.work.database import Database
from tests.support.big_worlds import PASSWORD, add_attempts, big_world
from tests.support.processes import running

PEOPLE, ATTEMPTS = 20_000, 100_000
T = TypeVar("T")

_CLOCK = RealClock()
_PATIENT = httpx.Timeout(600)
_QUIET = 3.0
"""Seconds of sign-ins alone, for comparison."""
_REMOVAL = 20.0
"""Seconds in which rows are removed that nobody sees any more."""


@dataclass
class Weather:
    """What the sign-ins of a neighbour took, in milliseconds, while something was done."""

    name: str
    seconds: float = 0.0
    took: list[float] = field(default_factory=list)
    failed: int = 0

    def quantile(self, part: float) -> float:
        """The time within which this part of the sign-ins was answered."""
        return sorted(self.took)[min(int(len(self.took) * part), len(self.took) - 1)] if self.took else 0.0

    def __str__(self) -> str:
        p50, p99, longest = (f"{self.quantile(part):.0f} ms" for part in (0.5, 0.99, 1))
        figures = f"p50 {p50}, p99 {p99}, longest {longest}"
        return f"{self.name}: {self.seconds:.1f} s; {len(self.took)} sign-ins, {self.failed} failed: {figures}"


class Neighbourhood:
    """A server with one worker, a big sandbox on it and a small one beside it."""

    def __init__(self, client: httpx.Client, database_url: str) -> None:
        self.client = client
        self.found: list[Weather] = []
        self._database_url = database_url
        self._big = self._made()["id"]
        self._neighbour = self._made()

    def do_everything(self, people: int, attempts: int) -> None:
        """Each thing once that can be done with a sandbox as a whole."""
        self.beside("nothing", lambda: time.sleep(_QUIET))
        world = big_world(people)
        self.beside("import", lambda: self.call("PUT", "/world", json=world))
        self.fill(attempts)
        self.beside("export", lambda: self.call("GET", "/world"))
        taken = self.beside("snapshot", lambda: self.call("POST", "/snapshots", json={})).json()
        fork = self.beside("fork", lambda: self.call("POST", "/forks", json={})).json()
        self.beside("restore", lambda: self.call("POST", f"/snapshots/{taken['id']}/restore"))
        self.beside("reset", lambda: self.call("POST", "/reset"))
        self.beside("delete", lambda: self.call("DELETE"))
        self._big = fork["id"]
        self.beside("delete the fork", lambda: self.call("DELETE"))
        self.beside("removal by housekeeping", lambda: time.sleep(_REMOVAL))

    def fill(self, attempts: int) -> None:
        """Many attempts in the big sandbox."""
        credentials = {"identifier": "person00001@example.test", "password": PASSWORD}
        answer = self.client.post(f"/s/{self._big}/v1/sign-ins", json=credentials)
        assert answer.status_code == 201, answer.text
        database = Database.open(self._database_url)
        add_attempts(database, self._big, attempts)
        database.close()
        time.sleep(_QUIET)  # until the log of the file is copied back

    def call(self, method: str, path: str = "", **body: Any) -> httpx.Response:
        """A call about the big sandbox."""
        answer = self.client.request(method, f"/control/v1/sandboxes/{self._big}{path}", **body)
        assert answer.is_success, answer.text
        return answer

    def beside(self, name: str, do: Callable[[], T]) -> T:
        """Do something while the neighbour signs in again and again."""
        weather, over = Weather(name), threading.Event()
        self.found.append(weather)
        thread = threading.Thread(target=self._sign_in, args=(weather, over))
        thread.start()
        begun = _CLOCK.elapsed()
        try:
            return do()
        finally:
            weather.seconds = (_CLOCK.elapsed() - begun).total_seconds()
            over.set()
            thread.join()

    def _sign_in(self, weather: Weather, over: threading.Event) -> None:
        credentials = {name: self._neighbour["first_person"][name] for name in ("identifier", "password")}
        with httpx.Client(base_url=self.client.base_url, timeout=_PATIENT) as client:
            while not over.is_set():
                begun = _CLOCK.elapsed()
                answer = client.post(f"/s/{self._neighbour['id']}/v1/sign-ins", json=credentials)
                weather.took.append((_CLOCK.elapsed() - begun).total_seconds() * 1000)
                weather.failed += answer.status_code != 201

    def _made(self) -> dict[str, Any]:
        made: dict[str, Any] = self.client.post("/control/v1/sandboxes", json={"preset": "business-chat"}).json()
        return made


def measure(folder: Path, database_url: str, *, people: int = PEOPLE, attempts: int = ATTEMPTS) -> list[Weather]:
    """Do everything once that is done with a big sandbox, on a server with one worker; what a neighbour has of it."""
    with ExitStack() as stack:
        server = stack.enter_context(running("--database-url", database_url, cwd=folder))
        client = stack.enter_context(httpx.Client(base_url=server.url, timeout=_PATIENT))
        neighbourhood = Neighbourhood(client, database_url)
        neighbourhood.do_everything(people, attempts)
    return neighbourhood.found


def main() -> None:
    """Measure on the database that is named, else on a new SQLite file, and print the figures."""
    with tempfile.TemporaryDirectory() as name:
        url = sys.argv[1] if len(sys.argv) > 1 else f"sqlite:///{name}/big.sqlite3"
        sys.stdout.writelines(f"{weather}\n" for weather in measure(Path(name), url))


if __name__ == "__main__":
    main()
