"""Writes the figures as a page and as data: docs/reference/bench.md and bench.json."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tools.bench.figures import Figure, Goal

_ABOUT = """\
# Speed and memory

Written by `make bench OPTIONS=--peers`; do not edit. [How to measure on your
machine](../how-to/run-the-tests.md#measure-speed-and-memory).

A figure is the median of its rounds, with the lowest and the highest beside it. In each round every server has one
turn, so that a noisy moment of the machine meets all of them; a share is taken round by round. The server has one
processor core to itself and `wrk`, the load generator, has another; every connection waits for its answer before it
sends the next call. An answer that refuses, or lacks what was asked for, ends the run: it makes no figure. A turn
during which other programs used more than a tenth of a core is repeated, at most twice, and marked as disturbed if
that did not help. Processor time is that of all processes of the server, for one call; that of PostgreSQL is not in
it. Password hashes are Argon2id: `fast` is 64 KiB and one pass, `owasp` 19 MiB and two passes.

What ours is measured against, on the same machine and in the same run:

- **reference limit**: our server and our Argon2 behind a Flask route that looks people up in a dict and keeps nothing;
- **the same without Flask**: that, as a bare WSGI function;
- **bare Flask route**: our server and a route that does nothing;
- **bare Argon2**: verifications in a loop, one process for each core, no server.

A way in lasts from its first call to the session, the tester's look into the inbox included; its share of a plain
sign-in tells how much of it is calls and how much is work.

Ours does what a real sign-in must: it finds the sandbox and the person, judges, and commits a session, an attempt
and an event to SQLite on disk."""

PEERS = "Beside other programs"
"""The title of the table that has the programs we compare with."""

_ABOUT_PEERS = """\
**Beside other programs**: each is started anew for every turn, alone on the server's core, with 100 people; a ratio is
taken between neighbours in time. None of them does the same as ours:

- the **Firebase emulator** is the Authentication emulator of `firebase-tools` alone, without the suite around it. It
  keeps people in memory, compares passwords without hashing them, and makes unsigned tokens.
- **ministack** keeps Cognito's user pools in memory, compares passwords without hashing them, and signs tokens. Its
  sign-ins become slower with their number, so it has no warm-up; the others have one second. It logs warnings only.
- **oidc-provider-mock** asks for no password. Its sign-in is two calls, for the code and for the tokens; they are
  made one after another by a client in Python, not by `wrk`.

"Project, person, sign-in, removal" is what a test does that keeps its people to itself: three calls of ours (a
sandbox), three of Firebase's (sign-up, sign-in, emptying of the project), six of ministack's (a user pool, its client,
sign-up, confirmation, sign-in, removal). The start ends with the first answered call.

**Tokens beside other programs**: **oauth2-mock-server** knows nobody and gives tokens for any code. Keycloak's
documentation (Concepts for sizing CPU and memory resources, read in November 2026) names 15 sign-ins with a password,
120 client credentials grants or 120 refreshes a second for one processor core; quoted, not measured here."""

_KEPT, _MISSED = "yes", "**no**"


def as_page(figures: Sequence[Figure], machine: Mapping[str, str], remarks: Sequence[str]) -> str:
    """The page in Markdown."""
    parts = [_ABOUT, *([_ABOUT_PEERS] if any(figure.table == PEERS for figure in figures) else []), _machine(machine)]
    parts += [f"> Note: {remark}." for remark in remarks]
    parts.append(_goals([figure for figure in figures if figure.goal is not None]))
    titles = dict.fromkeys(figure.table for figure in figures)
    parts += [_table(title, [figure for figure in figures if figure.table == title]) for title in titles]
    return "\n\n".join(parts) + "\n"


def as_data(figures: Sequence[Figure], machine: Mapping[str, str], remarks: Sequence[str]) -> str:
    """The same as JSON."""
    document = {"machine": machine, "remarks": list(remarks), "figures": [figure.as_json() for figure in figures]}
    return json.dumps(document, indent=1) + "\n"


def write(folder: Path, figures: Sequence[Figure], machine: Mapping[str, str], remarks: Sequence[str]) -> None:
    """Both files, into a folder that is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bench.md").write_text(as_page(figures, machine, remarks))
    (folder / "bench.json").write_text(as_data(figures, machine, remarks))


def _machine(machine: Mapping[str, str]) -> str:
    return "Machine: " + ", ".join(f"{name} {value}" for name, value in machine.items()) + "."


def _goals(figures: Sequence[Figure]) -> str:
    rows = [
        [f"{figure.row}: {figure.column}", _bound(figure), _cell(figure), _KEPT if figure.is_met else _MISSED]
        for figure in figures
    ]
    return "## What is asked for\n\n" + _grid(["", "asked for", "measured", "met"], rows)


def _bound(figure: Figure) -> str:
    goal: Goal = figure.goal or Goal(0)
    asked = f"{'at least' if goal.at_least else 'at most'} {_number(goal.bound, figure.unit)}"
    return asked if goal.aim is None else f"{asked}, hoped for {_number(goal.aim, figure.unit)}"


def _table(title: str, figures: Sequence[Figure]) -> str:
    cells = {(figure.row, figure.column): _cell(figure) for figure in figures}
    columns = list(dict.fromkeys(figure.column for figure in figures))
    rows = [
        [row, *(cells.get((row, column), "") for column in columns)]
        for row in dict.fromkeys(figure.row for figure in figures)
    ]
    return f"## {title}\n\n" + _grid(["", *columns], rows)


def _grid(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    ruler = ["---", *("---:" for _ in head[1:])]
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ruler, *rows))


def _cell(figure: Figure) -> str:
    middle = _number(figure.median, figure.unit)
    if len(figure.values) == 1:
        return middle
    mark = f", {figure.disturbed} of {len(figure.values)} disturbed" if figure.disturbed else ""
    return f"{middle} ({_digits(min(figure.values))} to {_digits(max(figure.values))}{mark})"


def _number(value: float, unit: str) -> str:
    return f"{_digits(value)}{unit}" if unit == "/s" else f"{_digits(value)} {unit}"


def _digits(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
