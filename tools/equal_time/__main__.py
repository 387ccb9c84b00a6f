"""`python -m tools.equal_time`: prints, for each request and kind of person, how its time differs from a stranger's."""

import argparse
import random
import statistics
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, sleep

from tools.bench.client import Client
from tools.bench.servers import Running, ours, started
from tools.equal_time.effect import effect_size
from tools.equal_time.flows import UNKNOWN, Flow, flows, prepare

_NANOSECOND = 1e-9
_WARM_UP = 50

Times = dict[str, list[float]]


def main() -> None:
    """Measure each flow on a server of its own."""
    parser = argparse.ArgumentParser(prog="python -m tools.equal_time", description=__doc__)
    parser.add_argument("--tries", type=int, default=1_200, help="tries for each kind of person")
    parser.add_argument("--only", help="only this flow")
    parser.add_argument("--database-url", help="measure on this empty database instead of an ephemeral one")
    parser.add_argument("--cost", choices=("fast", "owasp"), default="fast", help="cost of a password hash")
    given = parser.parse_args()
    database = ("--database-url", given.database_url) if given.database_url else ()
    print("effect size against unknown people (0.50 = none) and first decile: processor time, time until the answer")
    with started(ours(*database, cost=given.cost), cores=(0,)) as server:
        for flow in flows():
            if given.only in (None, flow.name):
                for line in report(flow, *measure(server, flow, given.tries)):
                    print(line, flush=True)


def measure(server: Running, flow: Flow, tries: int) -> tuple[Times, Times]:
    """The processor time of the server and the time until the answer, in seconds, by kind of person."""
    processor: Times = {kind: [] for kind in flow.calls}
    elapsed: Times = {kind: [] for kind in flow.calls}
    order = random.Random(tries)
    with Client(server.url) as client:
        base = prepare(client, flow)
        for turn in range(_WARM_UP + tries):
            for kind in order.sample(list(flow.calls), len(flow.calls)):
                call = order.choice(flow.calls[kind])
                before, begun = _processor_time(server), perf_counter()
                client.call(flow.expected, "POST", base + call.path, call.body)
                took, used = perf_counter() - begun, _processor_time(server) - before
                if turn >= _WARM_UP:
                    elapsed[kind].append(took)
                    processor[kind].append(used)
    return processor, elapsed


def report(flow: Flow, processor: Times, elapsed: Times) -> Iterator[str]:
    """One line for each kind of person who is not unknown, and one for unknown people."""
    for kind in flow.calls:
        effects = "  ".join(f"{effect_size(times[kind], times[UNKNOWN]):.3f}" for times in (processor, elapsed))
        quick = "  ".join(f"{_quick(times[kind]) * 1e6:5.0f} us" for times in (processor, elapsed))
        yield f"{flow.name:10}{kind:14}{effects}   {quick}"


def _quick(times: list[float]) -> float:
    """The first decile: what a try takes when nothing else is going on."""
    return statistics.quantiles(times, n=10)[0]


def _processor_time(server: Running) -> float:
    """Seconds of processor time that the server's main thread has used, once it is at rest."""
    pid = server.process.pid
    while Path(f"/proc/{pid}/task/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "S":
        sleep(0.000_05)
    return int(Path(f"/proc/{pid}/task/{pid}/schedstat").read_text().split()[0]) * _NANOSECOND


if __name__ == "__main__":
    main()
