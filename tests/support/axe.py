"""Asks axe-core what of a page somebody with a disability could not use."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """What breaks WCAG 2.2 AA or axe's own good practice on the page as it stands: rule and element, one a line."""
    answer = Axe().run(page, options={"runOnly": _WCAG, "resultTypes": ["violations"]})
    return [
        f"{broken['id']}: {' '.join(map(str, node['target']))}: {node['html'][:120]}"
        for broken in answer.response["violations"]
        for node in broken["nodes"]
    ]
