"""Measures sign-ins with password hashes as slow as OWASP asks, compared with Argon2 alone, on one and two cores."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial

from tools.bench.figures import Figure, Goal, shares
from tools.bench.hashing import verify_alone
from tools.bench.memory import weigh
from tools.bench.plan import Plan
from tools.bench.rounds import take_turns
from tools.bench.servers import Running, ours, reference, started
from tools.bench.sign_ins import MANY, REFERENCE, columns, reference_calls, weights
from tools.bench.worlds import Prepared, fill_one_sandbox
from tools.bench.wrk import Calls, Load, drive

_TABLE = "Sign-in, password cost owasp"
_OURS, _ALONE = "Login Drill", "bare Argon2"
_SECONDS_TO_SETTLE = 1
"""Calls in hand when the load generator leaves are answered to the end; their hashes are no lasting memory."""
_SHARE = Goal(90.0, at_least=True)
_MOST_MEMORY = {1: Goal(80.0), 2: Goal(115.0)}
"""By the number of workers."""


def measure(plan: Plan) -> list[Figure]:
    """Throughput and delays at 16 connections, and the share of bare Argon2; memory afterwards."""
    prepared = fill_one_sandbox(plan.folder, plan.pace.crowds[0], core=plan.cores.server, cost="owasp")
    one = _measure_on([plan.cores.server], (plan.cores.load,), prepared, plan)
    two = _measure_on(list(plan.cores.both), plan.cores.both, prepared, plan)
    return [*one, *two]


def _measure_on(cores: list[int], load_cores: tuple[int, ...], prepared: Prepared, plan: Plan) -> list[Figure]:
    with ExitStack() as stack:
        options = ("--database-url", prepared.database_url)
        mine = stack.enter_context(started(ours(*options, cost="owasp", workers=len(cores)), cores))
        theirs = stack.enter_context(started(reference("dict", cost="owasp", workers=len(cores)), cores))

        turns: dict[str, Callable[[], Load | float]] = {
            _OURS: partial(_turn, mine, prepared.calls, load_cores, plan),
            REFERENCE: partial(_turn, theirs, reference_calls(plan.folder), load_cores, plan),
            _ALONE: partial(verify_alone, "owasp", seconds=plan.pace.owasp_seconds, cores=cores),
        }
        results = take_turns(turns, plan.pace.owasp_rounds, plan.guard)
        time.sleep(_SECONDS_TO_SETTLE)
        memory = weigh(mine.pids)
    row = f"{len(cores)} worker{'s' if len(cores) > 1 else ''}, owasp, after the sign-ins"
    return [*_figures(results, len(cores)), *weights(row, memory, _MOST_MEMORY[len(cores)])]


def _turn(server: Running, calls: Calls, load_cores: tuple[int, ...], plan: Plan) -> Load:
    seconds, pid = plan.pace.owasp_seconds, server.process.pid
    return drive(server.url, calls, connections=MANY, seconds=seconds, cores=load_cores, server=pid)


def _figures(results: dict[str, list[Load | float]], count: int) -> list[Figure]:
    where = f"{count} core{'s' if count > 1 else ''}"
    rates = tuple(value for value in results[_ALONE] if isinstance(value, float))
    figures = [Figure(_TABLE, f"{_ALONE}, {where}", "calls", "/s", rates)]
    for name in (_OURS, REFERENCE):
        loads = [load for load in results[name] if isinstance(load, Load)]
        row = f"{name}, {where}"
        figures += [Figure(_TABLE, row, column, unit, values) for column, unit, values in columns(loads)]
        share = shares([load.per_second for load in loads], rates)
        goal = _SHARE if name == _OURS else None
        figures.append(Figure(_TABLE, row, "share of bare Argon2", "%", share, goal))
    return figures
