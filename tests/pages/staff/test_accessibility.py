"""Every page for staff, held against WCAG 2.2 AA, narrow windows and the reference."""

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser

from tests.pages.staff.walks import WALKS
from tests.pages.test_accessibility import unnamed, words_of_the_api
from tests.support.axe import violations, violations_by_night
from tests.support.processes import running
from tests.support.sets import thinned_slow

OF_MANY = ("person-", "place-", "why-", "role-", "into-", "company-", "address-", "revoke_access-", "leave-")
"""Test ids that end in an id or a word of the sandbox."""


@pytest.fixture(scope="module")
def server_url() -> Iterator[str]:
    """A server that keeps nothing."""
    with running("--ephemeral") as server:
        yield server.url


@pytest.mark.parametrize("scheme", thinned_slow(["light", "dark"], 2))
@pytest.mark.parametrize("preset", WALKS)
def test_no_page_for_staff_shuts_anybody_out(
    browser: Browser, server_url: str, preset: str, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 320, "height": 700})
    page = context.new_page()
    for name in WALKS[preset](server_url, page):
        assert violations(page) == [], name
        assert scheme == "dark" or violations_by_night(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
        assert words_of_the_api(page) == set(), name
        new = {test_id for test_id in unnamed(page) if not test_id.startswith(OF_MANY)}
        assert {test_id for test_id in new if not test_id.endswith("-mistake")} == set(), name
    context.close()
