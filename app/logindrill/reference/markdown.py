"""The little Markdown that the pages are made of."""

from collections.abc import Iterable, Sequence

GENERATED = "<!-- Written by `make reference` from the code; a test fails when it lags. -->\n\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; bars and line breaks in cells are harmless."""
    lines = [_line(head), _line(["---"] * len(head)), *(_line(row) for row in rows)]
    return "\n".join(lines) + "\n"


def code(value: object) -> str:
    """A value as it is written in JSON."""
    import json

    return f"`{json.dumps(value, ensure_ascii=False)}`"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
