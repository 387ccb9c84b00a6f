"""docs/reference is what the code says now."""

from pathlib import Path

import pytest

from logindrill.reference import PAGES
from logindrill.rules.reasons import REASONS

FOLDER = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.parametrize("name", PAGES)
def test_a_committed_page_is_what_the_code_writes(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name](), "run `make reference`"


def test_every_reason_has_a_line() -> None:
    page = PAGES["reasons.md"]()
    assert all(f"| `{code}` |" in page for code in REASONS)
