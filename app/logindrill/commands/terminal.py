"""Makes text from others safe to print on a terminal: without cursor movement, colours or line breaks."""

from collections.abc import Mapping
from typing import Any

from logindrill.rules.texts import visible


def inert(value: Any) -> Any:
    """A text, or every text within a JSON value, with invisible characters written as escapes."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, Mapping):
        return {name: inert(part) for name, part in value.items()}
    if isinstance(value, list):
        return [inert(part) for part in value]
    return value
