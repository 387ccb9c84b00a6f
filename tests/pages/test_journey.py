"""The pages in a real browser, over a server that was really started: what mails lead to, from end to end."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.pages.harbour import Harbour, a_harbour, choose, sign_in
from tests.support.processes import RunningServer


@pytest.fixture
def harbour(server: RunningServer) -> Iterator[Harbour]:
    """A sandbox with Ben, who is invited."""
    with a_harbour(server.url) as made:
        yield made


def test_an_invitation_leads_to_an_account_that_one_signs_in_to_and_out_of(harbour: Harbour, page: Page) -> None:
    page.goto(harbour.newest_link("activation"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Activate your account")
    expect(page.get_by_test_id("email")).to_have_text("ben@example.test")
    choose(page, "first secret")
    expect(page.get_by_test_id("notice")).to_contain_text("Your account is active")
    sign_in(page, "first secret")
    expect(page.get_by_test_id("name")).to_have_text("Ben Birch")
    expect(page.get_by_test_id("company")).to_have_text("Harbour Books")
    expect(page.get_by_test_id("role")).to_have_text("Member")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_test_id("notice")).to_have_text("You are signed out.")
    comes_in_again_through_a_reset(harbour, page)


def comes_in_again_through_a_reset(harbour: Harbour, page: Page) -> None:
    """The same person forgets the password and sets another."""
    page.get_by_role("link", name="Forgot your password?").click()
    page.get_by_label("E-mail address").fill("ben@example.test")
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your e-mail")
    page.goto(harbour.newest_link("password_reset"))
    choose(page, "second secret", "second secrets")
    expect(page.get_by_test_id("password_confirmation-mistake")).to_have_text("The entries must match exactly.")
    expect(page.get_by_label("New password again")).to_be_focused()
    choose(page, "second secret")
    expect(page.get_by_test_id("notice")).to_contain_text("Your new password is set")
    sign_in(page, "first secret")
    expect(page.get_by_role("alert")).to_have_text("The e-mail address or password is incorrect.")
    expect(page.get_by_label("Password")).to_be_focused()
    attempt = harbour.attempt(page.get_by_test_id("attempt-id").inner_text())
    assert attempt["reason"] == "wrong_password"
    sign_in(page, "second secret")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")


@pytest.mark.slow
def test_a_browser_that_only_looks_uses_no_invitation_up(harbour: Harbour, page: Page) -> None:
    link = harbour.newest_link("activation")
    for _ in range(3):
        page.goto(link)
        page.reload()
    httpx.head(link).raise_for_status()
    choose(page, "first secret")
    expect(page.get_by_test_id("notice")).to_contain_text("Your account is active")
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("This link no longer works")
