"""docs/reference/pages.md names every page."""

import re
from pathlib import Path

from logindrill.factory import BROWSERS
from logindrill.pages import PAGES
from tests.pages.conftest import Visit

_ROOT = Path(__file__).parents[2]
_REFERENCE = (_ROOT / "docs" / "reference" / "pages.md").read_text(encoding="utf-8")
_LARGEST = 22 * 1024


def test_every_page_is_in_the_reference(visit: Visit) -> None:
    pages = visit().app.extensions[BROWSERS].built
    rules = [rule for rule in pages.url_map.iter_rules() if rule.endpoint.startswith(f"{PAGES.name}.")]
    for rule in rules:
        address = re.sub(r"<(?:\w+:)?\w*?_?(id|token)>", r"{\1}", rule.rule)
        assert "/assets/" in address or f"{address}`" in _REFERENCE, f"{address} is not in docs/reference/pages.md"


def test_styles_and_scripts_of_the_pages_stay_small() -> None:
    files = (_ROOT / "app" / "logindrill" / "pages" / "static").iterdir()
    assert sum(file.stat().st_size for file in files) <= _LARGEST
