"""Checks what a page shows after two seconds of its own clock, so that a slow machine does not matter."""

from playwright.sync_api import Locator, expect

_STEPS = 4
_STEP = 500
_FETCH = 1_000


def within_two_seconds(locator: Locator, text: str) -> None:
    """Check that the text appears within two seconds of the page's stopped clock."""
    for _ in range(_STEPS - 1):
        locator.page.clock.run_for(_STEP)
        try:
            expect(locator).to_contain_text(text, timeout=_FETCH)
        except AssertionError:
            continue
        return
    locator.page.clock.run_for(_STEP)
    expect(locator).to_contain_text(text)
