"""Writes the records as a page: docs/reference/weather.md."""

import os
from collections.abc import Mapping, Sequence

from tools.weather.record import Record

_ABOUT = """\
# Storms

Written by `make weather`; do not edit. `make weather` measures anew on your machine.

A storm is a fault of clients, processes, disks or databases, against servers started as users start them. While it is
on, **others** call steadily from a process of their own: `/livez`, `/configuration`, their own session and mostly a
sign-in, some 100 calls a second in all. The table shows what they felt.

- **answered**: calls of the others that were answered as if there was no storm; **503**: refused with `Retry-After`;
  **500**: failed; **cut**: their connection ended without an answer.
- **p99**: within how many milliseconds 99 of 100 calls of the others were answered, refusals included; beside it
  the same before the storm.
- **lost**: what had been acknowledged and was missing afterwards, or was won twice. Sign-ins, ended sessions, people,
  messages, accepted invitations and codes are looked for.
- **whole after**: the longest time from the end of a fault, or from a kill, until sign-ins succeeded again on every
  connection, without a restart by hand."""

_HEAD = ("storm", "what was done", "answered", "503", "500", "cut", "p99", "quiet p99", "lost", "whole after", "")


def as_page(records: Sequence[Record], machine: Mapping[str, str], load: tuple[float, float]) -> str:
    """The page in Markdown; `load` is the machine's load average before and after."""
    facts = ", ".join(f"{name} {value}" for name, value in machine.items())
    busy = f"Load average of the machine: {load[0]:.1f} before, {load[1]:.1f} after, with {os.cpu_count()} cores."
    parts = [_ABOUT, f"Machine: {facts}.", busy, _grid(records)]
    broken = [(record.name, [*record.wrong, *(f"lost: {thing}" for thing in record.lost[:5])]) for record in records]
    wrong = [f"- {name}: {'; '.join(promises)}" for name, promises in broken if promises]
    if wrong:
        parts.append("## Broken promises\n\n" + "\n".join(wrong))
    return "\n\n".join(parts) + "\n"


def _grid(records: Sequence[Record]) -> str:
    ruler = ["---", "---", *("---:" for _ in range(8)), "---"]
    rows = (_HEAD, ruler, *(_row(record) for record in records))
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _row(record: Record) -> list[str]:
    felt = record.felt
    whole = "" if record.whole_after is None else f"{record.whole_after:.1f} s"
    times = [f"{one.p99:.0f} ms" if one.heard else "" for one in (felt, record.quiet)]
    counts = [f"{count:,}" for count in (felt.answered, felt.count(503), felt.failed, felt.cut)]
    lost, notes = f"{len(record.lost)}", "; ".join(record.notes)
    return [record.name, record.done, *counts, *times, lost, whole, notes]
