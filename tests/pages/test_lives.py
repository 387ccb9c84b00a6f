"""People of the three services live on the pages of a started server, in a real browser."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.pages.walks import NUMBER, Walk, person
from tests.support.patience import within_two_seconds
from tests.support.processes import running


@pytest.fixture(scope="module")
def server_url() -> Iterator[str]:
    """A server that keeps nothing."""
    with running("--ephemeral") as server:
        yield server.url


def advance(walk: Walk, by: str) -> None:
    """Let the sandbox's time pass."""
    httpx.post(f"{walk.control}/clock/advance", json={"by": by}).raise_for_status()


def business_chat(server_url: str, page: Page) -> Walk:
    """Ada, whose second factor is a second password."""
    factor = {"method": "second_password", "second_password": "the second one"}
    return Walk(server_url, page, "business-chat", [person("Ada Ash", "owner", second_factor=factor)])


@pytest.mark.slow
def test_a_device_is_trusted_for_thirty_days(server_url: str, page: Page) -> None:
    walk = business_chat(server_url, page)
    walk.sign_in("ada")
    expect(page.get_by_test_id("second_password")).to_be_visible()
    walk.fill(second_password="the second one")
    expect(page.get_by_test_id("device")).to_contain_text("until 1 April 2026, 12:00 UTC")
    walk.click("sign-out")
    advance(walk, "P29D")
    walk.sign_in("ada")
    expect(page.get_by_test_id("name")).to_have_text("Ada Ash")
    walk.click("sign-out")
    advance(walk, "P1D")
    walk.sign_in("ada")
    expect(page.get_by_role("heading", level=1)).to_have_text("Second factor")


@pytest.mark.slow
def test_a_page_notices_within_two_seconds_that_its_session_is_over(server_url: str, page: Page) -> None:
    walk = business_chat(server_url, page)
    page.clock.install(time=0)
    walk.sign_in("ada")
    walk.fill(second_password="the second one")
    expect(page.get_by_test_id("name")).to_be_visible()
    page.wait_for_load_state("load")
    page.clock.pause_at(600_000)
    advance(walk, "P31D")
    within_two_seconds(page.get_by_role("alert"), "Sign in to continue.")
    attempt = httpx.get(f"{walk.control}/attempts/{page.get_by_test_id('attempt-id').inner_text()}").json()
    assert attempt["reason"] == "session_expired"


@pytest.mark.slow
def test_a_page_that_is_left_says_nothing_of_its_session(server_url: str, page: Page) -> None:
    walk = business_chat(server_url, page)
    walk.sign_in("ada")
    walk.fill(second_password="the second one")
    expect(page.get_by_test_id("name")).to_be_visible()
    page.wait_for_load_state("load")
    underway: list[Route] = []

    def hold(route: Route) -> None:
        underway.append(route)

    page.route("**/logout", hold)
    page.route("**/account/alive", lambda route: route.fulfill(status=205) if underway else route.continue_())
    page.get_by_test_id("sign-out").click(no_wait_after=True)
    page.wait_for_timeout(1500)  # the page would have asked meanwhile
    underway[0].continue_()
    expect(page.get_by_test_id("notice")).to_have_text("You are signed out.")


def test_a_contact_comes_in_without_scripts(server_url: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    cora = person("Cora Crane", "contact", phones=[{"number": NUMBER, "kind": "sms"}])
    pages: dict[str, Any] = {
        "publications": [{"id": "tide", "title": "Tide", "body": "At noon.", "audience": ["usr_cora"]}]
    }
    walk = Walk(server_url, context.new_page(), "contact-portal", [person("Sam Sage", "staff"), cora], pages)
    walk.open("/publications/tide")
    walk.page.get_by_label("E-mail address or phone number").fill("+1 415 555 0100")
    walk.page.get_by_role("button", name="Send the code").click()
    walk.page.get_by_label("Code").fill(walk.newest("code", to=NUMBER))
    walk.page.get_by_role("button", name="Sign in").click()
    expect(walk.page.get_by_test_id("body")).to_have_text("At noon.")
    walk.click("sign-out")
    walk.open("/code")
    walk.fill(contact="cora@example.test")
    expect(walk.page.get_by_test_id("signed-in-as")).to_have_text("Cora Crane")
    context.close()


@pytest.mark.slow
def test_a_customer_is_handed_a_password_and_chooses_one(server_url: str, page: Page) -> None:
    carl = person("Carl Crab", "customer", temporary_password={"password": "handed over"})
    walk = Walk(server_url, page, "customer-app", [person("Paula Pike", "professional"), carl])
    walk.sign_in("carl", "wrong")
    expect(page.get_by_role("alert")).to_have_text("Invalid User / password")
    walk.sign_in("carl", "handed over")
    walk.fill(password="Secret of carl", password_confirmation="Secret of carl")
    expect(page.get_by_test_id("name")).to_have_text("Carl Crab")


@pytest.mark.slow
def test_a_second_password_is_asked_for_where_it_is_chosen(server_url: str, page: Page) -> None:
    walk = Walk(server_url, page, "business-chat", [person("Ada Ash", "owner")])
    walk.sign_in("ada")
    walk.open("/account/second-factor")
    expect(page.get_by_test_id("second_password")).to_be_hidden()
    page.get_by_label("A second password").check()
    walk.fill(second_password="the second one", current_password="Secret of ada")
    expect(page.get_by_test_id("second-factor")).to_have_text("A second password")
