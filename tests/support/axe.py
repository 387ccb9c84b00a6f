"""Checks the accessibility of a page with axe-core: WCAG 2.2 AA and axe's best practices."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
_OPTIONS = {"runOnly": {"type": "tag", "values": _TAGS}, "resultTypes": ["violations"]}
_LOOKS, _PAUSE = 3, 500
"""How often a page is looked at that is not fine, and the milliseconds between: it may not be laid out yet."""


def violations(page: Page) -> list[str]:
    """The violations of WCAG 2.2 AA and of axe's best practices on the page: rule and element, one per line."""
    found = _found(page)
    for _ in range(_LOOKS - 1):
        if not found:
            break
        page.wait_for_timeout(_PAUSE)
        found = _found(page)
    return found


def _found(page: Page) -> list[str]:
    page.wait_for_load_state("load")
    try:
        answer = Axe().run(page, options=_OPTIONS)
    except Error as error:
        return [error.message]
    return [
        f"{broken['id']}: {' '.join(map(str, node['target']))}: {node['html'][:120]}"
        for broken in answer.response["violations"]
        for node in broken["nodes"]
    ]
