"""Whoever compares the times of many requests cannot tell known people from unknown ones (S12, S21)."""

import os

import pytest

from tools.bench.servers import ours, started
from tools.equal_time.__main__ import measure, report
from tools.equal_time.effect import effect_size
from tools.equal_time.flows import UNKNOWN, Flow, flows

TRIES = 1_200
LEAST, MOST = 0.40, 0.60
"""Wider than what is promised, 0.45 to 0.55, because other processes run beside the tests."""


def test_the_effect_size_is_a_probability() -> None:
    assert effect_size([1, 2, 3], [1, 2, 3]) == 0.5
    assert effect_size([4, 5], [1, 2, 3]) == 1
    assert effect_size([1, 2], [2]) == 0.25


@pytest.mark.wide
@pytest.mark.rule("S12", "S21")
@pytest.mark.parametrize("flow", flows(), ids=lambda flow: flow.name)
def test_the_processor_time_of_a_request_discloses_nobody(flow: Flow, database_url: str) -> None:
    with started(ours("--database-url", database_url), [min(os.sched_getaffinity(0))]) as server:
        processor, elapsed = measure(server, flow, TRIES)
    effects = {kind: effect_size(times, processor[UNKNOWN]) for kind, times in processor.items()}
    assert all(LEAST < effect < MOST for effect in effects.values()), [*report(flow, processor, elapsed)]
