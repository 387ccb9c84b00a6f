"""Measures how many passwords a core can verify with Argon2 when it does nothing else."""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import get_args

from logindrill.adapters.hashing import PasswordCost, PasswordHasher
from logindrill.settings import PasswordCost as CostName
from tools.bench.cores import staying_on
from tools.bench.people import PASSWORD
from tools.bench.servers import ROOT, environment


def verify_alone(cost: str, *, seconds: int, cores: Sequence[int]) -> float:
    """Verifications per second of one process for each of the cores, at the same time."""
    command = [sys.executable, "-m", "tools.bench.hashing", cost, str(seconds)]
    running = []
    for core in cores:
        with staying_on(core):
            running.append(subprocess.Popen(command, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True))
    return float(sum(json.loads(process.communicate()[0]) for process in running))


def main() -> None:
    """Verify one password again and again; say how often a second."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.hashing")
    parser.add_argument("cost", choices=get_args(CostName))
    parser.add_argument("seconds", type=int)
    options = parser.parse_args()
    hasher = PasswordHasher(PasswordCost(options.cost))
    stored = hasher.hash(PASSWORD)
    count, beginning = 0, time.perf_counter()
    while (elapsed := time.perf_counter() - beginning) < options.seconds:
        if not hasher.verify(PASSWORD, stored):
            raise SystemExit("the right password was refused")
        count += 1
    print(json.dumps(count / elapsed))


if __name__ == "__main__":
    main()
