"""Combines two scenarios that do not conflict into two failures at once; no pair is written by hand."""

from tests.support.pairs.order import answers_first
from tests.support.pairs.pair import Pair, combinable, combine, pairs

__all__ = ["Pair", "answers_first", "combinable", "combine", "pairs"]
