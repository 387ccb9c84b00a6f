"""Checks the filters of the console's lists: names each unknown word, and suggests the nearest known ones."""

from collections.abc import Iterable, Mapping

from flask import request

from logindrill.rules.suggestions import did_you_mean

_LONGEST = 80
_OF_EVERY_PANE = ("before", "after", "message", "view")

Known = Mapping[str, Iterable[str] | None]
"""The filters of a list: the words that each knows, or None for one that takes any text."""


def unknown_words(known: Known) -> tuple[str, ...]:
    """A sentence for each filter of the address that does not exist, and for each word that a filter does not know."""
    found = []
    for name, word in request.args.items():
        words = known.get(name)
        if name not in known and name not in _OF_EVERY_PANE:
            found.append(f"There is no filter {_short(name)}; it is ignored.{did_you_mean(name, known)}")
        elif words is not None and word and word not in (named := tuple(words)):
            found.append(f"There is no {name} {_short(word)}; this filter is ignored.{did_you_mean(word, named)}")
    return tuple(found)


def nobody_found(asked: str) -> str:
    """The sentence for a person who was asked for and is not there."""
    return f"Nobody here has the ID, name or address {_short(asked)}; this filter is ignored."


def _short(word: str) -> str:
    return word if len(word) <= _LONGEST else f"{word[:_LONGEST]}…"
