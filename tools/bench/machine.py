"""Describes the machine on which the figures were measured."""

import os
import platform
import sqlite3
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

_PARTS = ("argon2-cffi", "flask", "httptools", "pydantic", "sqlalchemy", "uvicorn")
_RESTLESS = 0.5


def describe() -> dict[str, str]:
    """The machine and the parts in use, by name."""
    facts = {
        "measured": datetime.now(UTC).strftime("%Y-%m-%d"),
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "system": f"{platform.system()} {platform.release().partition('-')[0]}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }
    return facts | {name: version(name) for name in _PARTS}


def restlessness() -> str | None:
    """A word of warning where something else was running before we began; None on a quiet machine."""
    load = os.getloadavg()[0]
    return f"the machine was busy before (load {load:.1f}); the figures suffer" if load > _RESTLESS else None


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
