"""Says how long to measure: thoroughly, quickly, or just enough to prove that the benchmark works."""

from dataclasses import dataclass

from logindrill.world import sandbox_quota


@dataclass(frozen=True, slots=True)
class Pace:
    """Numbers of repetitions and sizes; `seconds` are whole, as the load generator knows no others."""

    rounds: int
    """How often each server has its turn; every figure is the median of its rounds."""
    seconds: int
    """How long a turn lasts."""
    owasp_rounds: int
    owasp_seconds: int
    """Turns with dear hashes are longer, as only some forty fit into a second."""
    starts: int
    sandboxes: int
    """How many sandboxes are made one by one, each timed."""
    flows: int
    resets: int
    crowds: tuple[int, ...]
    """Numbers of users in one sandbox; the first is what the others are compared with."""
    many_sandboxes: int
    attempts: int
    """How many times somebody tried to sign in before, where that is what grows."""
    people_reset: int
    sessions_reset: int
    visits: int
    """How often ours and each of its peers are started, measured and stopped, in turn."""
    patience: int
    """How many seconds the repetitions of disturbed turns may take, all together."""


THOROUGH = Pace(
    rounds=5,
    seconds=2,
    owasp_rounds=3,
    owasp_seconds=5,
    starts=7,
    sandboxes=200,
    flows=100,
    resets=7,
    crowds=(1_000, 100_000, 1_000_000),
    many_sandboxes=sandbox_quota.MOST - 1,  # the first one is there already
    attempts=1_000_000,
    people_reset=1_000,
    sessions_reset=200,
    visits=5,
    patience=150,
)
QUICK = Pace(
    rounds=3,
    seconds=1,
    owasp_rounds=2,
    owasp_seconds=2,
    starts=3,
    sandboxes=50,
    flows=20,
    resets=3,
    crowds=(1_000, 100_000),
    many_sandboxes=200,
    attempts=20_000,
    people_reset=1_000,
    sessions_reset=200,
    visits=3,
    patience=20,
)
