"""Reads the query of a list page: the part of the list, and the search text."""

from collections.abc import Callable
from typing import TypeVar

from flask import request

from logindrill.rules.decisions import Invalid
from logindrill.rules.texts import has_controls, is_storable
from logindrill.work.paging import Page

Item = TypeVar("Item")

AT_ONCE = 25
"""How many items of a list a page shows."""
_LONGEST = 254


def text(name: str) -> str:
    """What stands under a name; text that nothing could be called is nothing."""
    value = request.args.get(name, "").strip()[:_LONGEST]
    return value if is_storable(value) and not has_controls(value) else ""


def part(name: str, read: Callable[[str | None], Page[Item]]) -> Page[Item]:
    """The part of a list that goes on from the item under a name; its beginning where that is none."""
    try:
        return read(text(name) or None)
    except Invalid:
        return read(None)
