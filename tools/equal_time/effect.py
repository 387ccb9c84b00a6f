"""The effect size: how often the requests of one group take longer than those of another."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence


def effect_size(some: Iterable[float], others: Sequence[float]) -> float:
    """The probability that a random value of `some` exceeds a random one of `others`; 0.5 where they are alike.

    This is U/(n*m) of Mann and Whitney; equal values count half. Raises ZeroDivisionError where a group is empty.
    """
    ordered = sorted(others)
    greater = [bisect_left(ordered, value) + bisect_right(ordered, value) for value in some]
    return sum(greater) / (2 * len(greater) * len(ordered))
