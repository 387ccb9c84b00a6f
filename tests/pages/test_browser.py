"""What only a real browser shows of the pages."""

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.pages.harbour import Harbour, a_harbour, choose, sign_in
from tests.support.processes import running

ADDRESSES = ("login", "forgot-password", "forgot-password/sent", "account", "activate/x", "reset-password/x", "none")
READ = ("h1", "label", "[data-testid=alert]", "[data-testid=identifier-mistake]", "button", "a", ".mock")


@pytest.fixture(scope="module")
def server_url() -> Iterator[str]:
    """A server that keeps nothing."""
    with running("--ephemeral") as server:
        yield server.url


@pytest.fixture
def harbour(server_url: str) -> Iterator[Harbour]:
    """A sandbox with Ben, who is invited."""
    with a_harbour(server_url) as made:
        yield made


def test_the_forms_work_by_keyboard_alone_and_without_scripts(harbour: Harbour, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(harbour.newest_link("activation"))
    page.keyboard.press("Tab")
    for text in ("first secret", "first secret", ""):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("notice")).to_contain_text("Your account is active")
    page.keyboard.press("Tab")
    page.keyboard.type("ben@example.test")
    page.keyboard.press("Tab")
    page.keyboard.type("first secret")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("name")).to_have_text("Ben Birch")
    context.close()


@pytest.mark.slow
def test_back_and_reload_after_refusals_lead_to_a_form_and_send_nothing_again(harbour: Harbour, page: Page) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.goto(f"{harbour.pages}/login")
    for _ in range(2):
        with page.expect_navigation():
            sign_in(page, "not the password")
        expect(page.get_by_test_id("alert")).to_be_visible()
    for turn in (page.reload, page.go_back, page.go_forward):
        answer = turn()
        assert answer is not None
        assert (answer.request.method, answer.status) == ("GET", 200)
        expect(page.get_by_test_id("alert")).to_have_count(0)
    assert len(sent) == 2


def test_pages_ask_nobody_else_for_anything_and_break_no_policy(harbour: Harbour, page: Page) -> None:
    asked: list[Request] = []
    complaints: list[str] = []

    def note(request: Request) -> None:
        asked.append(request)

    page.on("request", note)
    page.on("console", lambda message: complaints.append(message.text) if "policy" in message.text.lower() else None)
    origin = harbour.pages.partition("/s/")[0]
    link = harbour.newest_link("activation")
    for address in (link, f"{harbour.pages}/login", f"{harbour.pages}/forgot-password", f"{harbour.pages}/account"):
        page.goto(address)
    page.goto(link)
    choose(page, "first secret")
    sign_in(page, "first secret")
    expect(page.get_by_test_id("name")).to_be_visible()
    assert [request.url for request in asked if not request.url.startswith(f"{origin}/s/")] == []
    assert {request.headers.get("referer", "") for request in asked} == {""}
    assert complaints == []


@pytest.mark.slow
def test_no_page_is_wider_than_its_window(harbour: Harbour, page: Page) -> None:
    link = harbour.newest_link("activation")
    for address in (link, *(f"{harbour.pages}/{address}" for address in ADDRESSES)):
        page.goto(address)
        for width in (320, 800, 1280):
            page.set_viewport_size({"width": width, "height": 700})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground_by_day_and_by_night(
    harbour: Harbour, browser: Browser, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{harbour.pages}/login")
    page.get_by_test_id("submit").click()
    expect(page.get_by_test_id("identifier-mistake")).to_be_visible()
    page.wait_for_load_state("load")  # a page is visible before its style sheet is there
    for selector in READ:
        assert page.evaluate(CONTRAST, selector) >= 4.5, (scheme, selector)
    context.close()


CONTRAST = """(selector) => {
  const light = (colour) => {
    const [red, green, blue] = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const element = document.querySelector(selector);
  let ground = element;
  while (getComputedStyle(ground).backgroundColor === "rgba(0, 0, 0, 0)") ground = ground.parentElement;
  const pair = [getComputedStyle(element).color, getComputedStyle(ground).backgroundColor].map(light);
  return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
}"""
"""The contrast of an element's text with what lies behind it, after WCAG 2.2 (1.4.3)."""
