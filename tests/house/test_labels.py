"""The docs name buttons, links and headings as the console, the pages and the commands show them."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APP = ROOT / "app" / "logindrill"
_LABEL = re.compile(r"(?<![*\w])\*([A-Z][^*]+)\*(?![*\w])")
_VALUE = re.compile(r"\{\{.*?\}\}")
"""What a template fills in."""
_EXAMPLE = re.compile(r"\b(?:Cleo|\d+)\b")
"""What the docs write where a template fills something in."""
_SHOWN = (
    "console/templates/**/*.html",
    "console/*.py",
    "pages/templates/**/*.html",
    "pages/**/*.py",
    "commands/*.py",
)


def labels() -> list[tuple[str, str]]:
    """Every label in italics, with its page."""
    pages = [
        ROOT / "README.md",
        *sorted((ROOT / "docs").glob("*.md")),
        *sorted((ROOT / "docs" / "how-to").glob("*.md")),
    ]
    return [
        (page.name, " ".join(match[1].split()))
        for page in pages
        for match in _LABEL.finditer(page.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize(("document", "label"), labels())
def test_a_label_in_the_docs_is_shown_by_the_program(document: str, label: str) -> None:
    assert label in _shown() or _EXAMPLE.sub("…", label) in _VALUE.sub("…", _shown()), (
        f"{document} names {label}, which nothing shows"
    )


def _shown() -> str:
    files = (path for pattern in _SHOWN for path in sorted(APP.glob(pattern)))
    return "\n".join(path.read_text(encoding="utf-8") for path in files)
