"""Every page and error state of the three services, held against WCAG 2.2 AA and narrow windows."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.pages.walks import WALKS
from tests.support.axe import violations, violations_by_night
from tests.support.processes import running

_REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "pages.md"


@pytest.fixture(scope="module")
def server_url() -> Iterator[str]:
    """A server that keeps nothing."""
    with running("--ephemeral") as server:
        yield server.url


def unnamed(page: Page) -> set[str]:
    """Test ids on the page that the reference does not list; what stands for a name or an id is left open there."""
    known = _REFERENCE.read_text(encoding="utf-8")
    names = page.locator("[data-testid]").evaluate_all("(all) => all.map((element) => element.dataset.testid)")
    return {name for name in names if f"`{name}`" not in known and not name.startswith(("to-co_", "publication-"))}


def words_of_the_api(page: Page) -> set[str]:
    """Names of fields and codes that shine through what is read; ids of people and companies are none."""
    text = page.locator("main").inner_text()
    found = re.findall(r"(?<![\w.@])[a-z]+(?:_[a-z]+)+(?![\w@])", text)
    return {name for name in found if not name.startswith(("co_", "usr_"))}


def walk(
    browser: Browser, server_url: str, preset: str, scheme: Literal["light", "dark"], locale: str = "en-GB"
) -> Iterator[tuple[str, Page]]:
    """The pages of a service, one after another."""
    context = browser.new_context(
        color_scheme=scheme, locale=locale, reduced_motion="reduce", viewport={"width": 320, "height": 700}
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if "policy" in said.text.lower() else None)
    for name in WALKS[preset](server_url, page):
        yield name, page
        assert complaints == [], name
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize("preset", WALKS)
def test_no_page_and_no_error_state_shuts_anybody_out(browser: Browser, server_url: str, preset: str) -> None:
    for name, page in walk(browser, server_url, preset, "light"):
        assert violations(page) == [], name
        assert violations_by_night(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
        assert unnamed(page) == set(), name
        assert words_of_the_api(page) == set(), name


@pytest.mark.slow
@pytest.mark.parametrize("preset", WALKS)
def test_in_german_every_page_is_german_and_no_wider(browser: Browser, server_url: str, preset: str) -> None:
    for name, page in walk(browser, server_url, preset, "dark", locale="de-DE"):
        assert page.locator("html").get_attribute("lang") == "de", name
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name


@pytest.mark.wide
@pytest.mark.parametrize("preset", WALKS)
def test_by_night_and_in_german_nobody_is_shut_out_either(browser: Browser, server_url: str, preset: str) -> None:
    for name, page in walk(browser, server_url, preset, "dark", locale="de-DE"):
        assert violations(page) == [], name
