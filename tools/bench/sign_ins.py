"""Measures sign-ins with fast hashes, compared with a reference server, with few and many people and sandboxes."""

from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tools.bench.figures import Figure, Goal, milliseconds, shares
from tools.bench.hashing import verify_alone
from tools.bench.memory import Memory, weigh
from tools.bench.people import REFERENCE_PEOPLE, address, spread, write_calls
from tools.bench.plan import Plan
from tools.bench.rounds import take_turns
from tools.bench.servers import Running, ours, reference, started
from tools.bench.worlds import Prepared, fill_history, fill_many_sandboxes, fill_one_sandbox
from tools.bench.wrk import Calls, Load, drive

MANY, ONE = 16, 1
"""Connections."""
REFERENCE, PLAIN, BARE = "reference limit", "the same without Flask", "bare Flask route"

_TABLE = "Sign-in, password cost fast"
_SHARES = "Sign-in as a share"
_MEMORY = "Memory"
_WARM_UP = 1
_SHARE = Goal(40.0, at_least=True)
_P99 = Goal(30.0)
_GROWTH = Goal(120.0)
_MOST_MEMORY = Goal(80.0)
_MOST_MEMORY_FURTHER = Goal(35.0)

Loads = dict[str, list[Load]]


@dataclass(frozen=True, slots=True)
class Subject:
    """A server and the calls it is to answer."""

    server: Running
    calls: Calls

    def take(self, connections: int, plan: Plan) -> Load:
        """Measure once."""
        return self._drive(connections, plan.pace.seconds, plan)

    def warm_up(self, plan: Plan) -> None:
        """Calls that are not counted; they find out, too, whether the answers are right."""
        self._drive(MANY, _WARM_UP, plan)

    def _drive(self, connections: int, seconds: int, plan: Plan) -> Load:
        cores = (plan.cores.load,)
        server = self.server.process.pid
        return drive(self.server.url, self.calls, connections=connections, seconds=seconds, cores=cores, server=server)


def measure(plan: Plan) -> list[Figure]:
    """Throughput, delays, shares of the reference, growth with people and sandboxes, memory."""
    prepared = _prepare_all(plan)
    with ExitStack() as stack:
        subjects = _start_all(prepared, plan, stack)
        for subject in subjects.values():
            subject.warm_up(plan)
        loads = {connections: _drive_all(subjects, connections, plan) for connections in (MANY, ONE)}
    memory = _memory(prepared[people(plan.pace.crowds[0])], plan)
    rate = verify_alone("fast", seconds=plan.pace.seconds, cores=[plan.cores.server])
    figures = [figure for connections in loads for figure in _absolute(loads[connections], connections, plan)]
    figures.append(Figure(_TABLE, "bare Argon2", column("calls", MANY), "/s", (rate,)))
    for connections, results in loads.items():
        figures += _compared(results, connections, plan)
    return [*figures, *memory]


def _memory(prepared: Prepared, plan: Plan) -> list[Figure]:
    """Of one worker and of two, while no other server runs that would share memory with it."""
    (ready, one), (_, two) = (_weigh(workers, prepared, plan) for workers in (1, 2))
    further = Memory(rss=two.rss - one.rss, pss=two.pss - one.pss)
    return [
        *weights("1 worker, fast, ready", ready, None),
        *weights("1 worker, fast, after the sign-ins", one, _MOST_MEMORY),
        *weights("2 workers, fast, after the sign-ins", two, None),
        *weights("the second worker alone", further, _MOST_MEMORY_FURTHER),
    ]


def _weigh(workers: int, prepared: Prepared, plan: Plan) -> tuple[Memory, Memory]:
    """Ready, and after some seconds of sign-ins."""
    with started(ours("--database-url", prepared.database_url, workers=workers), plan.cores.both) as server:
        ready = weigh(server.pids)
        subject = Subject(server, prepared.calls)
        for _ in range(plan.pace.rounds):
            subject.take(MANY, plan)
        return ready, weigh(server.pids)


def people(count: int) -> str:
    """The row of a sandbox with that many people."""
    return f"Login Drill, {count:,} people"


def _sandboxes(count: int) -> str:
    return f"Login Drill, {count:,} sandbox{'es' if count > 1 else ''}"


def _attempts(count: int) -> str:
    return f"Login Drill, {count:,} attempts before"


def _prepare_all(plan: Plan) -> dict[str, Prepared]:
    core, folder = plan.cores.server, plan.folder
    prepared: dict[str, Prepared] = {
        people(count): fill_one_sandbox(folder, count, core=core) for count in plan.pace.crowds
    }
    prepared[_attempts(plan.pace.attempts)] = fill_history(folder, plan.pace.crowds[0], plan.pace.attempts, core=core)
    prepared[_sandboxes(1)] = fill_one_sandbox(folder, 1, core=core)
    prepared[_sandboxes(plan.pace.many_sandboxes)] = fill_many_sandboxes(folder, plan.pace.many_sandboxes, core=core)
    return prepared


def _start_all(prepared: dict[str, Prepared], plan: Plan, stack: ExitStack) -> dict[str, Subject]:
    core, folder = plan.cores.server, plan.folder
    subjects = {
        name: Subject(stack.enter_context(started(ours("--database-url", base.database_url), [core])), base.calls)
        for name, base in prepared.items()
    }
    calls = reference_calls(folder)
    for name, kind in ((REFERENCE, "dict"), (PLAIN, "plain")):
        subjects[name] = Subject(stack.enter_context(started(reference(kind), [core])), calls)
    nothing = folder / "nothing.calls"
    nothing.write_text("GET /\n")
    subjects[BARE] = Subject(stack.enter_context(started(reference("bare"), [core])), Calls(nothing, '"ok"'))
    return subjects


def reference_calls(folder: Path) -> Calls:
    """The sign-ins that the reference answers; as many people as our first crowd."""
    calls = (("/v1/sign-ins", address(number)) for number in spread(REFERENCE_PEOPLE))
    return write_calls(folder / "reference.calls", calls)


def _drive_all(subjects: dict[str, Subject], connections: int, plan: Plan) -> Loads:
    return take_turns(
        {name: partial(subject.take, connections, plan) for name, subject in subjects.items()},
        plan.pace.rounds,
        plan.guard,
    )


def column(what: str, connections: int) -> str:
    """The heading of a column."""
    return f"{what}, {connections} connection{'s' if connections > 1 else ''}"


def _absolute(results: Loads, connections: int, plan: Plan) -> list[Figure]:
    figures = []
    for name, loads in results.items():
        goals = {"p99": _P99} if connections == MANY and name == people(plan.pace.crowds[0]) else {}
        for what, unit, values in columns(loads):
            figures.append(Figure(_TABLE, name, column(what, connections), unit, values, goals.get(what)))
    return figures


def columns(loads: list[Load]) -> list[tuple[str, str, tuple[float, ...]]]:
    """The results of a number of turns: name, unit, values."""
    return [
        ("calls", "/s", tuple(load.per_second for load in loads)),
        ("p50", "ms", milliseconds(load.p50.total_seconds() for load in loads)),
        ("p99", "ms", milliseconds(load.p99.total_seconds() for load in loads)),
        ("processor time", "µs", tuple(load.microseconds_per_call for load in loads)),
    ]


def _compared(results: Loads, connections: int, plan: Plan) -> list[Figure]:
    """Ours as a share of the references, and large as a share of small."""
    name = people(plan.pace.crowds[0])
    figures = [
        figure
        for other in (REFERENCE, PLAIN)
        for figure in _beside(results, name, other, connections, goals=connections == MANY and other == REFERENCE)
    ]
    pairs = [(people(count), name) for count in plan.pace.crowds[1:]]
    pairs.append((_attempts(plan.pace.attempts), name))
    pairs.append((_sandboxes(plan.pace.many_sandboxes), _sandboxes(1)))
    for large, small in pairs:
        values = shares(_p50(results[large]), _p50(results[small]))
        row = f"{large} ÷ {small.removeprefix('Login Drill, ')}"
        figures.append(Figure(_SHARES, row, column("p50", connections), "%", values, _GROWTH))
    return figures


def _beside(results: Loads, name: str, other: str, connections: int, *, goals: bool) -> list[Figure]:
    row = f"{name} ÷ {other}"
    bounds = {"calls": _SHARE} if goals else {}
    return [
        Figure(_SHARES, row, column(what, connections), "%", shares(mine, theirs), bounds.get(what))
        for (what, _, mine), (_, _, theirs) in zip(columns(results[name]), columns(results[other]), strict=True)
    ]


def _p50(loads: list[Load]) -> list[float]:
    return [load.p50.total_seconds() for load in loads]


def weights(row: str, memory: Memory, goal: Goal | None) -> list[Figure]:
    """The two ways to count the memory of all processes."""
    return [
        Figure(_MEMORY, row, "RSS, all processes", "MiB", (memory.rss,)),
        Figure(_MEMORY, row, "PSS, all processes", "MiB", (memory.pss,), goal),
    ]
