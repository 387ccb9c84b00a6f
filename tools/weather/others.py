"""The others: clients in a process of their own, which call steadily while a storm is on, and what they felt."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools.weather.calls import CUT, PASSWORD, Client, must

_ROOT = Path(__file__).parents[2]
_PAUSE = 0.01
CALM = "calm"
"""The sandbox of the others."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One call of the others."""

    name: str
    at: float
    """The moment it was sent, by the clock of `time.monotonic`."""
    seconds: float
    status: int


@dataclass(slots=True)
class Felt:
    """All calls of the others in a stretch of time."""

    heard: list[Heard] = field(default_factory=list)

    def of(self, *names: str) -> "Felt":
        """Some of the calls."""
        return Felt([one for one in self.heard if one.name in names])

    def count(self, *statuses: int) -> int:
        """How many had one of the statuses."""
        return sum(one.status in statuses for one in self.heard)

    @property
    def answered(self) -> int:
        """How many were answered as if there was no storm."""
        return sum(0 < one.status < 500 for one in self.heard)

    @property
    def failed(self) -> int:
        """How many failed as nothing may: with 500 or another server's error than 503."""
        return sum(one.status >= 500 and one.status != 503 for one in self.heard)

    @property
    def cut(self) -> int:
        """How many got no answer."""
        return self.count(CUT)

    @property
    def examples(self) -> list[str]:
        """The calls that failed."""
        return [f"{one.name} {one.status}" for one in self.heard if one.status >= 500 and one.status != 503][:3]

    @property
    def p99(self) -> float:
        """In milliseconds, of the calls that were answered."""
        return percentile(self, 99)

    @property
    def slowest(self) -> float:
        """In milliseconds, of the calls that were answered."""
        return percentile(self, 100)


def percentile(felt: Felt, share: int) -> float:
    """The time in milliseconds within which so many per cent of the calls were answered; 0 where there was none."""
    times = sorted(one.seconds for one in felt.heard if one.status != CUT)
    return 1000 * times[max(0, -(-len(times) * share // 100) - 1)] if times else 0.0


@dataclass(frozen=True, slots=True)
class Others:
    """Who they are: the calls that they make in turn."""

    url: str
    calls: tuple[tuple[str, str, str, Any, str | None], ...]
    """Of each: name, method, path, body, token."""

    def quiet(self, seconds: float) -> Felt:
        """What they feel while nothing else is done."""
        with self.beside() as felt:
            time.sleep(seconds)
        return felt

    @contextmanager
    def beside(self) -> Iterator[Felt]:
        """They call during the block; what they felt is there after it."""
        felt = Felt()
        caller = subprocess.Popen(
            [sys.executable, "-m", "tools.weather.others", self.url],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert caller.stdin is not None
        assert caller.stdout is not None
        try:
            caller.stdin.write(json.dumps(self.calls) + "\n")
            caller.stdin.flush()
            caller.stdout.readline()  # it has begun
            yield felt
        finally:
            caller.stdin.close()
            text = caller.stdout.read()
            caller.stdout.close()
            caller.wait()
        felt.heard += [Heard(*one) for one in json.loads(text)]


def settle(url: str, *, reading_only: bool = False) -> Others:
    """Make the sandbox of the others, unless there is one."""
    from tools.bench.worlds import person, world

    client = Client(url)
    somebody = person(0, "owner")
    typed = {"identifier": somebody["emails"][0]["address"], "password": PASSWORD}
    client.call("POST", "/control/v1/sandboxes", {"id": CALM, "preset": "business-chat", "world": world([somebody])})
    token = must(client, 201, "POST", f"/s/{CALM}/v1/sign-ins", typed)["session"]["access_token"]
    client.close()
    reads: list[tuple[str, str, str, Any, str | None]] = [
        ("livez", "GET", "/livez", None, None),
        ("configuration", "GET", f"/s/{CALM}/v1/configuration", None, None),
        ("session", "GET", f"/s/{CALM}/v1/session", None, token),
    ]
    writes: Sequence[tuple[str, str, str, Any, str | None]] = [
        ("sign-in", "POST", f"/s/{CALM}/v1/sign-ins", typed, None)
    ]
    return Others(url, (*reads, *(() if reading_only else writes)))


def _call_steadily(url: str) -> None:
    """Until standard input is closed; each kind of call on a connection of its own."""
    from threading import Event, Thread

    calls = json.loads(sys.stdin.readline())
    heard: list[tuple[str, float, float, int]] = []
    end = Event()

    def go_on(name: str, method: str, path: str, body: Any, token: str | None) -> None:
        client = Client(url)
        while not end.is_set():
            begun = time.monotonic()
            status = client.call(method, path, body, token=token).status
            heard.append((name, begun, time.monotonic() - begun, status))
            end.wait(_PAUSE * len(calls))

    threads = [Thread(target=go_on, args=call) for call in calls]
    for thread in threads:
        thread.start()
    print(flush=True)
    sys.stdin.read()
    end.set()
    for thread in threads:
        thread.join()
    print(json.dumps(heard))


if __name__ == "__main__":
    _call_steadily(sys.argv[1])
