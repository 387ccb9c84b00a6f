"""JavaScript literals and property access, shared by the Playwright and Cypress printers."""

import json
from typing import Any

from logindrill.scenarios.script import names_variable, with_variables


def string_literal(value: str) -> str:
    """A string literal, or a template literal where it contains variables."""
    if not names_variable(value):
        return json.dumps(value, ensure_ascii=False)
    escaped = value.replace("\\", "\\\\").replace("`", "\\`").replace("$", "\\$")
    return "`" + with_variables(escaped, "${{{}}}".format) + "`"


def literal(value: Any) -> str:
    """A JSON value as a literal, with variables in its strings."""
    if isinstance(value, str):
        return string_literal(value)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name}: {literal(part)}" for name, part in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(literal(part) for part in value) + "]"
    return json.dumps(value)


def access(pointer: str) -> str:
    """A JSON pointer as property access; a negative index counts from the end."""
    found = ""
    for part in pointer.split("/")[1:]:
        if part.startswith("-"):
            found += f".at({part})"
        else:
            found += f"[{part}]" if part.isdigit() else f".{part}"
    return found
