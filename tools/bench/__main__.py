"""`python -m tools.bench` measures and writes the tables; with `profile` it prints where time is spent."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tools.bench import (
    console,
    dear_sign_ins,
    failures,
    flows,
    installing,
    machine,
    postgresql,
    report,
    sign_ins,
    starts,
    tokens,
    visits,
    ways_in,
)
from tools.bench.client import UnexpectedAnswer
from tools.bench.cores import Cores, TooFewCores, choose_cores
from tools.bench.figures import Figure
from tools.bench.pace import QUICK, THOROUGH
from tools.bench.plan import Plan
from tools.bench.profiling import profile
from tools.bench.quiet import Guard
from tools.bench.servers import ROOT, ServerFailed
from tools.bench.wrk import LoadFailed, WrkMissing, find_wrk

_PEERS = "peers"
SECTIONS: dict[str, Callable[[Plan], list[Figure]]] = {
    "starts": starts.measure,
    "flows": flows.measure,
    "ways-in": ways_in.measure,
    "failures": failures.measure,
    "console": console.measure,
    "sign-ins": sign_ins.measure,
    "dear-sign-ins": dear_sign_ins.measure,
    "postgresql": postgresql.measure,
    "tokens": tokens.measure,
    _PEERS: lambda plan: [*visits.measure(plan), *tokens.measure_beside(plan)],
}
_DOCS = ROOT / "docs" / "reference"


def main() -> None:
    """Run the command line."""
    options = _options()
    if options.command == "profile":
        profile(options.calls, cost=options.password_cost)
        return
    try:
        find_wrk()
        cores = choose_cores()
        sections = sections_of(options)
        if _PEERS in sections:
            installing.install(options.peers_folder)
    except (WrkMissing, TooFewCores, installing.PeersMissing) as error:
        sys.exit(f"bench: {error}")
    _measure_and_write(options, cores, sections)


def _measure_and_write(options: argparse.Namespace, cores: Cores, sections: list[str]) -> None:
    warning = machine.restlessness()
    pace = QUICK if options.quick else THOROUGH
    guard = Guard(pace.patience)
    with tempfile.TemporaryDirectory(prefix="logindrill-bench-") as folder:
        plan = Plan(pace, cores, Path(folder), guard, options.peers_folder)
        try:
            figures = measure(plan, sections)
        except (LoadFailed, ServerFailed, UnexpectedAnswer) as error:
            sys.exit(f"\nbench: {error}")
    facts = machine.describe() | (installing.described() if _PEERS in sections else {})
    remarks = [remark for remark in (warning, guard.remark) if remark]
    print(report.as_page(figures, facts, remarks))
    target = options.output or (None if options.quick or options.only else _DOCS)
    if target:
        report.write(target, figures, facts, remarks)


def measure(plan: Plan, sections: list[str]) -> list[Figure]:
    """The figures of these sections, one section after another."""
    figures = []
    for name in sections:
        beginning = time.perf_counter()
        print(f"measuring {name} …", end=" ", file=sys.stderr, flush=True)
        figures += SECTIONS[name](plan)
        print(f"{time.perf_counter() - beginning:.0f} s", file=sys.stderr)
    return figures


def sections_of(options: argparse.Namespace) -> list[str]:
    """What to measure; other programs only where they were asked for, since they must be installed."""
    chosen: list[str] = options.only or [name for name in SECTIONS if name != _PEERS]
    return [*chosen, _PEERS] if options.peers and _PEERS not in chosen else chosen


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description="Measure speed and memory.")
    parser.add_argument("--quick", action="store_true", help="a few minutes; prints, and writes nothing")
    parser.add_argument("--peers", action="store_true", help="measure other programs too; installs them (node, npm)")
    folder = installing.default_folder()
    parser.add_argument("--peers-folder", type=Path, default=folder, help=f"where they are installed [{folder}]")
    parser.add_argument("--only", action="append", choices=SECTIONS, help="this section (repeatable); prints only")
    parser.add_argument("--output", type=Path, help="folder for bench.md and bench.json [docs/reference]")
    commands = parser.add_subparsers(dest="command")
    profiling = commands.add_parser("profile", help="where the time of a sign-in goes")
    profiling.add_argument("--calls", type=int, default=3_000)
    profiling.add_argument("--password-cost", choices=("fast", "owasp"), default="fast")
    return parser.parse_args()


if __name__ == "__main__":
    main()
