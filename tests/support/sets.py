"""Decides which cases of a long test run in the fast set; the others run in a slower set."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, TypeVar

import pytest

Input = TypeVar("Input")


def thinned(cases: Iterable[Any], every: int) -> list[Any]:
    """The cases as parameters: each `every`th is in the fast set, the others are in the slow one."""
    return [case if n % every == 0 else _marked(case, pytest.mark.slow) for n, case in enumerate(cases)]


def thinned_slow(cases: Iterable[Any], every: int) -> list[Any]:
    """The cases as parameters: each `every`th is in the slow set, the others are in the wide one."""
    marks = (pytest.mark.wide, pytest.mark.slow)
    return [_marked(case, marks[n % every == 0]) for n, case in enumerate(cases)]


def only_fast(cases: Sequence[Any], fast: Iterable[Any]) -> list[Any]:
    """The cases as parameters: the named ones are in the fast set, the others are in the slow one."""
    chosen = set(fast)
    assert chosen <= set(cases), chosen - set(cases)
    return [case if case in chosen else _marked(case, pytest.mark.slow) for case in cases]


SHARES = [11, pytest.param(1, marks=pytest.mark.slow)]
"""How many inputs stand for one: a test that goes through very many takes each eleventh in the fast set."""


def share(inputs: Iterable[Input], of: int, name: str) -> list[Input]:
    """Each `of`th input, beginning at another one for another name, so that no input is left out everywhere."""
    return list(islice(inputs, sum(name.encode()) % of, None, of))


def _marked(case: Any, mark: pytest.MarkDecorator) -> Any:
    values = case if isinstance(case, tuple) else (case,)
    return pytest.param(*values, marks=mark)
