"""What others wrote, as it may be shown on a terminal: it moves no cursor, paints nothing, and begins no line."""

from collections.abc import Mapping
from typing import Any


def inert(value: Any) -> Any:
    """A text, or every text within a JSON value, with whatever is no visible character written out as an escape."""
    if isinstance(value, str):
        return value if value.isprintable() else "".join(map(_visible, value))
    if isinstance(value, Mapping):
        return {name: inert(part) for name, part in value.items()}
    if isinstance(value, list):
        return [inert(part) for part in value]
    return value


def _visible(character: str) -> str:
    return character if character.isprintable() else character.encode("unicode_escape").decode()
