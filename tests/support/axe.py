"""Checks the accessibility of a page with axe-core: WCAG 2.2 AA and axe's best practices."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page

_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
_ALL = {"runOnly": {"type": "tag", "values": _TAGS}, "resultTypes": ["violations"]}
_COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
"""The rules that ask for colours, which are all that the night changes."""
_LOOKS, _PAUSE = 3, 500
"""How often a page is looked at that is not fine, and the milliseconds between: it may not be laid out yet."""


def violations(page: Page) -> list[str]:
    """The violations of WCAG 2.2 AA and of axe's best practices on the page: rule and element, one per line."""
    return _looked_for(page, _ALL)


def violations_by_night(page: Page) -> list[str]:
    """The same of the page's dark colours; afterwards it is day again."""
    page.emulate_media(color_scheme="dark")
    found = _looked_for(page, _COLOURS)
    page.emulate_media(color_scheme="light")
    return found


def _looked_for(page: Page, options: dict[str, Any]) -> list[str]:
    found = _found(page, options)
    for _ in range(_LOOKS - 1):
        if not found:
            break
        page.wait_for_timeout(_PAUSE)
        found = _found(page, options)
    return found


def _found(page: Page, options: dict[str, Any]) -> list[str]:
    page.wait_for_load_state("load")
    try:
        answer = Axe().run(page, options=options)
    except Error as error:
        return [error.message]
    return [
        f"{broken['id']}: {' '.join(map(str, node['target']))}: {node['html'][:120]}"
        for broken in answer.response["violations"]
        for node in broken["nodes"]
    ]
