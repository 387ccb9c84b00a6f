"""Suggests a known name for an unknown one."""

from collections.abc import Iterable
from difflib import get_close_matches

_LONGEST = 80
"""Longer words are hardly mistyped names, and slow to compare."""
_NAMED = 4
_TELLING = 4
"""A shorter part, such as `is`, occurs in too many words."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question, with a space before it, that suggests the most similar known word; empty where none is similar."""
    if len(word) > _LONGEST:
        return ""
    like = get_close_matches(word, list(known), n=1, cutoff=0.7)
    return f" Did you mean {like[0]}?" if like else ""


def nearest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """Known words that may be meant, the likeliest first: the most similar ones, then those that share a part, such
    as `was_merged` with `merged_lately`.
    """
    if len(word) > _LONGEST:
        return ()
    words = list(known)
    meant = word.casefold().replace("-", "_").replace(" ", "_")
    parts = {part for part in meant.split("_") if len(part) >= _TELLING}
    sharing = [each for each in words if any(part in each for part in parts)]
    return tuple(dict.fromkeys((*get_close_matches(meant, words, n=_NAMED, cutoff=0.7), *sharing)))[:_NAMED]
