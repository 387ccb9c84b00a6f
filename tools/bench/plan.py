"""The input of every measurement: how long to measure, on which cores, and a temporary folder."""

from dataclasses import dataclass
from pathlib import Path

from tools.bench.cores import Cores
from tools.bench.pace import Pace
from tools.bench.quiet import Guard


@dataclass(frozen=True, slots=True)
class Plan:
    """How long to measure, on which cores, and a temporary folder."""

    pace: Pace
    cores: Cores
    folder: Path
    guard: Guard
    peers: Path
    """The folder where the programs are that ours is compared with."""
