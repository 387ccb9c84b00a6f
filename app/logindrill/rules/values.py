"""Values that never change: a `Struct` of msgspec where a start loads it, else or where a door writes it a dataclass.

To define a dataclass takes forty times as long as a Struct, and a start defines a hundred of them. pydantic, which
writes the answers and their schemas, knows dataclasses only; so do policy groups, whose fields carry knobs.
"""

import dataclasses
from typing import Any, TypeVar

from msgspec import Struct, structs

V = TypeVar("V")


def replace(value: V, **changes: Any) -> V:
    """A copy of a Struct or a dataclass with some other fields, as `copy.replace` of Python 3.13 makes it."""
    if isinstance(value, Struct):
        return structs.replace(value, **changes)
    return dataclasses.replace(value, **changes)  # type: ignore[type-var]
