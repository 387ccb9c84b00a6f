"""Makes text from others safe to print on a terminal: without cursor movement, colours or line breaks."""

from collections.abc import Mapping
from typing import Any


def inert(value: Any) -> Any:
    """A text, or every text within a JSON value, with invisible characters written as escapes."""
    if isinstance(value, str):
        return value if value.isprintable() else "".join(map(_visible, value))
    if isinstance(value, Mapping):
        return {name: inert(part) for name, part in value.items()}
    if isinstance(value, list):
        return [inert(part) for part in value]
    return value


def _visible(character: str) -> str:
    return character if character.isprintable() else character.encode("unicode_escape").decode()
