"""`python -m tools.weather` raises every storm and writes docs/reference/weather.md."""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from tools.bench import machine
from tools.weather.record import Record
from tools.weather.report import as_page
from tools.weather.storms import STORMS, raise_storm
from tools.weather.strength import SHORT, WHOLE, Strength

_PAGE = Path(__file__).parents[2] / "docs" / "reference" / "weather.md"


def main() -> None:
    """Run the command line."""
    options = _options()
    load_before = os.getloadavg()[0]
    records = []
    for name in options.only or STORMS:
        records += _raise(name, SHORT if options.quick else WHOLE)
    page = as_page(records, machine.describe(), (load_before, os.getloadavg()[0]))
    if options.quick or options.only:
        print(page)
    else:
        _PAGE.write_text(page)
    broken = [record.name for record in records if record.wrong or record.lost or record.felt.failed]
    sys.exit(f"weather: promises were broken: {', '.join(broken)}" if broken else 0)


def _raise(name: str, strength: Strength) -> list[Record]:
    beginning = time.perf_counter()
    print(f"{name} …", end=" ", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(prefix="logindrill-weather-") as folder:
        records = raise_storm(name, strength, Path(folder))
    print(f"{time.perf_counter() - beginning:.0f} s", file=sys.stderr)
    return records


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.weather", description="Raise storms and look what is left.")
    parser.add_argument("--quick", action="store_true", help="a short form of each; prints, and writes nothing")
    parser.add_argument("--only", action="append", choices=STORMS, help="this storm (repeatable); prints only")
    return parser.parse_args()


if __name__ == "__main__":
    main()
