"""The list of the storms. The tests and the command take them from here."""

from collections.abc import Callable, Mapping
from pathlib import Path

from tools.weather import databases, disks, faults, floods, kills, locks, slow_clients
from tools.weather.record import Record
from tools.weather.strength import Strength

Storm = Callable[[Strength, Path], Record | list[Record]]
"""Raises a storm against servers of its own, whose files it puts into the folder."""

STORMS: Mapping[str, Storm] = {
    "kills-sqlite": kills.on_sqlite,
    "kills-postgresql": kills.on_postgresql,
    "disks": disks.failing_disks,
    "postgresql": databases.absent_databases,
    "lock-file": locks.locked_file,
    "lock-row": locks.locked_sandbox,
    "slow-clients": slow_clients.slow_clients,
    "faults": faults.armed_faults,
    "flood": floods.flooded_sandbox,
    "dear-hashes": floods.dear_hashes,
}
"""By name. A new storm is a function of this form and one line here."""


def raise_storm(name: str, strength: Strength, folder: Path) -> list[Record]:
    """The records of one storm."""
    found = STORMS[name](strength, folder)
    return found if isinstance(found, list) else [found]
