"""What Playwright's and Cypress's tests share: values and pointers as JavaScript writes them."""

import json
from typing import Any

from logindrill.scenarios.script import names_variable, with_variables


def written_text(value: str) -> str:
    """A string, a template where it names variables."""
    if not names_variable(value):
        return json.dumps(value, ensure_ascii=False)
    escaped = value.replace("\\", "\\\\").replace("`", "\\`").replace("$", "\\$")
    return "`" + with_variables(escaped, "${{{}}}".format) + "`"


def written(value: Any) -> str:
    """A JSON value with variables in its strings."""
    if isinstance(value, str):
        return written_text(value)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name}: {written(part)}" for name, part in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(written(part) for part in value) + "]"
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
