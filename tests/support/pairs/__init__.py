"""Two failures at once, made of any two scenarios that do not get into each other's way; none is written by hand."""

from tests.support.pairs.order import answers_first
from tests.support.pairs.pair import Pair, combinable, combine, pairs

__all__ = ["Pair", "answers_first", "combinable", "combine", "pairs"]
