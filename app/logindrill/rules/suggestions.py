"""What somebody may have meant who wrote a name that does not exist."""

from collections.abc import Iterable
from difflib import get_close_matches

_LONGEST = 80
"""Longer words are nobody's slip, and dear to compare."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question, with a space before it, that names the known word most like this one; empty where none is."""
    if len(word) > _LONGEST:
        return ""
    like = get_close_matches(word, list(known), n=1, cutoff=0.7)
    return f" Did you mean {like[0]}?" if like else ""
