"""Field types that several bodies share."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from logindrill.rules.texts import has_controls, is_storable


def _printable(text: str) -> str:
    if has_controls(text):
        raise ValueError("control characters are not allowed")
    return text


def _storable(text: str) -> str:
    if not is_storable(text):
        raise ValueError("holds a character that cannot be stored")
    return text


Line = Annotated[str, StringConstraints(min_length=1, max_length=254), AfterValidator(_printable)]
"""From 1 to 254 characters, without control characters."""
Typed = Annotated[str, StringConstraints(max_length=254), AfterValidator(_storable)]
"""The identifier as the person typed it (A8)."""
TypedPassword = Annotated[str, StringConstraints(max_length=4096)]
"""The password as the person typed it; the policy limits its length (A13)."""
Prose = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(_storable)]
"""Longer text."""
Limit = Annotated[int, Field(ge=1, le=200)]
"""How many items of a list are requested."""
