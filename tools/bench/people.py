"""Makes the people who sign in: any number, with unordered addresses and one password."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from tools.bench.wrk import Calls

PASSWORD = "as good as any other"
REFERENCE_PEOPLE = 1_000
MOST_CALLERS = 1_000
"""How many different people sign in during a turn, spread evenly over all there are."""


def name(number: int) -> str:
    """A short name without meaning; neighbours in number are none in any index."""
    return hashlib.blake2b(str(number).encode(), digest_size=8).hexdigest()


def address(number: int) -> str:
    """The address of a person."""
    return f"{name(number)}@example.test"


def spread(count: int) -> Iterable[int]:
    """The numbers of those who sign in, out of `count` people."""
    return range(0, count, max(1, count // MOST_CALLERS))


def write_calls(file: Path, calls: Iterable[tuple[str, str]]) -> Calls:
    """Sign-ins of ours for the load generator: (path, identifier) each."""
    lines = (f"POST {path} {json.dumps({'identifier': who, 'password': PASSWORD})}\n" for path, who in calls)
    file.write_text("".join(lines))
    return Calls(file, '"signed_in"')
